package main

import "fmt"

func receiver(c, done chan int) {
	v := <-c
	done <- v + 1
}

func main() {
	x := 0
	c, done := make(chan int), make(chan int)
	x++
	go receiver(c, done)
	c <- x // a copy goes; x is not touched until the answer is there
	x = <-done
	fmt.Println(x)
}
