package main

import "sync"

func main() {
	var wg sync.WaitGroup
	x := 0
	wg.Add(1)
	go func() {
		x = 1
		wg.Done()
	}()
	x = 2
	wg.Wait()
	println(x > 0)
}
