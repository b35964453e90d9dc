package main

func main() {
	type box struct{ n int }
	c := make(chan *box, 1)
	done := make(chan bool)
	b := &box{}
	b.n = 2
	go func() {
		x := <-c
		x.n++
		done <- true
	}()
	c <- b
	<-done
	println(b.n)
}
