package main

import "fmt"

func main() {
	c := make(chan int)
	fmt.Println("main sends")
	c <- 1
	fmt.Println("never printed")
}
