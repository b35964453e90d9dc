package main

import "sync"

func main() {
	m := map[int]int{1: 1}
	var wg sync.WaitGroup
	wg.Add(1)
	turn := make(chan int, 1)
	go func() {
		defer wg.Done()
		for len(turn) == 0 {
		}
		_ = m[1]
	}()
	m[2] = 2
	turn <- 1
	wg.Wait()
}
