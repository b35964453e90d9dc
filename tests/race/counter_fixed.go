package main

import "sync"

var n int

func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	wg.Add(2)
	for i := 0; i < 2; i++ {
		go func() {
			defer wg.Done()
			mu.Lock()
			n++
			mu.Unlock()
		}()
	}
	wg.Wait()
	println(n == 2)
}
