package main

import (
	"fmt"
	"time"
)

func answer(c chan int) {
	time.Sleep(10 * time.Millisecond)
	c <- 42
}

func main() {
	c := make(chan int)
	go answer(c)
	for {
		select {
		case v := <-c:
			fmt.Println("received", v)
			return
		default:
			time.Sleep(3 * time.Millisecond)
		}
	}
}
