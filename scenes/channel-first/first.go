package main

import "fmt"

func send(c chan int) {
	c <- 42
	fmt.Println("sent")
}

func main() {
	c := make(chan int)
	go send(c)
	v := <-c
	fmt.Println("received", v)
}
