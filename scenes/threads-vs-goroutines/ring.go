package main

import (
	"fmt"
	"sync"
)

const workers = 2000

func worker(release chan bool, left chan int, right chan int, wg *sync.WaitGroup) {
	defer wg.Done()
	<-release
	right <- <-left + 1
}

func main() {
	release := make(chan bool)
	first := make(chan int, 1)
	left := first
	var wg sync.WaitGroup
	for i := 0; i < workers; i++ {
		right := make(chan int, 1)
		wg.Add(1)
		go worker(release, left, right, &wg)
		left = right
	}
	close(release)
	first <- 0
	fmt.Println("passed on", <-left, "times")
	wg.Wait()
}
