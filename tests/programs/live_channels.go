package main

import (
	"fmt"
	"sync"
)

// Squares travel over an unbuffered channel from three workers, and their sum over a buffered one; a WaitGroup says when
// the workers are done.
func worker(jobs <-chan int, squares chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for n := range jobs {
		squares <- n * n
	}
}

func main() {
	jobs := make(chan int)
	squares := make(chan int, 4)
	total := make(chan int, 1)
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go worker(jobs, squares, &wg)
	}
	go func() {
		sum := 0
		for s := range squares {
			sum += s
		}
		total <- sum
	}()
	for n := 1; n <= 100; n++ {
		jobs <- n
	}
	close(jobs)
	wg.Wait()
	close(squares)
	fmt.Println("sum of squares", <-total)
}

// expect: sum of squares 338350
