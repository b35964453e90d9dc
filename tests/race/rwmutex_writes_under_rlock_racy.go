package main

import "sync"

func main() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	x := 0
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			rw.RLock()
			x = 1
			rw.RUnlock()
		}()
	}
	wg.Wait()
	println(x)
}
