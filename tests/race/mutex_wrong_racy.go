package main

import "sync"

func main() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	x := 0
	wg.Add(2)
	go func() {
		defer wg.Done()
		a.Lock()
		x = 1
		a.Unlock()
	}()
	go func() {
		defer wg.Done()
		b.Lock()
		x = 2
		b.Unlock()
	}()
	wg.Wait()
	println(x > 0)
}
