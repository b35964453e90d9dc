package main

import "sync"

func main() {
	m := map[string]int{"a": 1}
	var wg sync.WaitGroup
	wg.Add(1)
	turn := make(chan int, 1)
	go func() {
		defer wg.Done()
		for len(turn) == 0 {
		}
		delete(m, "a")
	}()
	for range m {
	}
	turn <- 1
	wg.Wait()
}
