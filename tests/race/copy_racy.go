package main

import "sync"

func main() {
	a, b := make([]int, 8), make([]int, 8)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		copy(a, b)
	}()
	b[7] = 1
	wg.Wait()
}
