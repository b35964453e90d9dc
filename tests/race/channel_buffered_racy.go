package main

func main() {
	c := make(chan int, 1)
	done := make(chan bool)
	x := 0
	go func() {
		x = 1
		<-c
		done <- true
	}()
	c <- 0
	x = 2
	<-done
	println(x > 0)
}
