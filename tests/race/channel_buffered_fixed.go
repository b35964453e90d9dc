package main

func main() {
	c := make(chan int, 1)
	x := 0
	go func() {
		x = 1
		c <- 0
	}()
	<-c
	println(x)
}
