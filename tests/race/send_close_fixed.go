package main

func main() {
	c := make(chan int, 1)
	done := make(chan bool)
	go func() {
		c <- 1
		done <- true
	}()
	<-c
	close(c)
	<-done
}
