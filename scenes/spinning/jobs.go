package main

import (
	"fmt"
	"time"
)

func worker(jobs chan int, done chan int) {
	n := 0
	for range jobs {
		for k := range 50 {
			n += k
		}
	}
	done <- n
}

func main() {
	jobs := make(chan int)
	done := make(chan int, 4)
	for range 4 {
		go worker(jobs, done)
	}
	for i := range 20 {
		jobs <- i
		time.Sleep(200 * time.Microsecond)
	}
	close(jobs)
	sum := 0
	for range 4 {
		sum += <-done
	}
	fmt.Println("sum", sum)
}
