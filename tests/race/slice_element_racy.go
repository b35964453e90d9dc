package main

import "sync"

func main() {
	s := make([]int, 4)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		s[2] = 1
	}()
	s[2] = 2
	wg.Wait()
}
