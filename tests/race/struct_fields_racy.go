package main

import "sync"

type point struct{ x, y int }

func main() {
	p := &point{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		p.y = 1
	}()
	p.y = 2
	wg.Wait()
}
