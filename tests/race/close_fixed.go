package main

func main() {
	c := make(chan int)
	x := 0
	go func() {
		x = 1
		close(c)
	}()
	<-c
	println(x)
}
