package main

import (
	"fmt"
	"sync"
)

var wg sync.WaitGroup

func worker(jobs chan int) {
	defer wg.Done()
	for j := range jobs {
		fmt.Println("received", j)
	}
}

func main() {
	jobs := make(chan int, 3)
	wg.Add(1)
	go worker(jobs)
	for i := 1; i <= 3; i++ {
		jobs <- i
		fmt.Println("sent", i)
	}
	close(jobs)
	wg.Wait()
}
