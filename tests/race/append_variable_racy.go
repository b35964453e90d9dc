package main

import "sync"

var all []int

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			all = append(all, i)
		}()
	}
	wg.Wait()
}
