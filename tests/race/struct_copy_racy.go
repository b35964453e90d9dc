package main

import "sync"

type point struct{ x, y, z int }

func main() {
	p := &point{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		p.z = 1
	}()
	q := *p
	_ = q.z
	wg.Wait()
	println(q.x)
}
