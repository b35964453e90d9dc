package main

func main() {
	c := make(chan int)
	done := make(chan bool)
	x := 0
	go func() {
		c <- 1
		x = 1
		done <- true
	}()
	<-c
	x = 2
	<-done
	println(x > 0)
}
