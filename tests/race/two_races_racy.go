package main

import "sync"

var x, y int

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		x = 1
		y = 1
	}()
	x = 2
	y = 2
	wg.Wait()
}
