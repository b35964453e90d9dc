package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var done atomic.Int64
var wg sync.WaitGroup

func task() {
	sum := 0
	for i := range 150 {
		sum += i % 7
	}
	done.Add(1)
}

func worker(tasks chan int) {
	defer wg.Done()
	for range tasks {
		task()
	}
}

func main() {
	tasks := make(chan int, 16)
	for range 4 {
		wg.Add(1)
		go worker(tasks)
	}
	for i := range 10_000 {
		tasks <- i
	}
	close(tasks)
	wg.Wait()
	fmt.Println(done.Load(), "tasks done")
}
