package main

import "sync"

func main() {
	p := sync.Pool{New: func() any { return new([16]int) }}
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b := p.Get().(*[16]int)
			b[i%16] = i
			p.Put(b)
		}()
	}
	wg.Wait()
}
