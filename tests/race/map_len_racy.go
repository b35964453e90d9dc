package main

import "sync"

func main() {
	m := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		m["a"] = 1
	}()
	_ = len(m)
	wg.Wait()
}
