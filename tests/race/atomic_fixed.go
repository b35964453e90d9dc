package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var n atomic.Int64
	var m int32
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n.Add(1)
			atomic.AddInt32(&m, 1)
		}()
	}
	wg.Wait()
	println(n.Load(), m)
}
