package main

import "sync"

func main() {
	c := make(chan int, 2)
	var wg sync.WaitGroup
	wg.Add(2)
	turn := make(chan int, 1)
	go func() {
		defer wg.Done()
		c <- 1
		turn <- 1
	}()
	go func() {
		defer wg.Done()
		for len(turn) == 0 {
		}
		close(c)
	}()
	wg.Wait()
}
