package main

import (
	"fmt"
	"time"
)

func worker(answer chan int) {
	time.Sleep(5 * time.Millisecond)
	answer <- 42
}

func main() {
	for round := 1; round <= 5; round++ {
		answer := make(chan int, 1)
		go worker(answer)
		select {
		case v := <-answer:
			fmt.Println(round, "got", v)
		case <-time.After(time.Millisecond):
			fmt.Println(round, "gave up")
		}
	}
	time.Sleep(20 * time.Millisecond)
}
