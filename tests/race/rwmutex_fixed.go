package main

import "sync"

func main() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	x, sum := 0, [4]int{}
	for i := 0; i < 4; i++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			rw.Lock()
			x++
			rw.Unlock()
		}()
		go func() {
			defer wg.Done()
			rw.RLock()
			sum[i] = x
			rw.RUnlock()
		}()
	}
	wg.Wait()
	println(x)
}
