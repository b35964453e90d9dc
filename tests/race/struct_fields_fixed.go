package main

import "sync"

type point struct {
	x, y int
	a, b bool
	c, d uint16
}

func main() {
	p := &point{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		p.y = 1
		p.b = true
		p.d = 4
	}()
	p.x = 2
	p.a = true
	p.c = 3
	wg.Wait()
	println(p.x + p.y)
}
