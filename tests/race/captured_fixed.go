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
	wg.Wait()
	x = 2
	println(x)
}
