package main

import "sync"

func main() {
	base := make([]int, 1, 8)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		_ = append(base, 1)
	}()
	_ = append(base, 2)
	wg.Wait()
}
