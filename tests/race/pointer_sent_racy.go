package main

func main() {
	type box struct{ n int }
	c := make(chan *box, 1)
	done := make(chan bool)
	b := &box{}
	go func() {
		x := <-c
		x.n = 1
		done <- true
	}()
	c <- b
	b.n = 2
	<-done
}
