package main

func main() {
	c := make(chan int)
	x := 0
	go func() {
		x = 1
		c <- 1
	}()
	<-c
	x = 2
	println(x)
}
