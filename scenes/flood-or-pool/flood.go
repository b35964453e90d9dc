package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var done atomic.Int64
var wg sync.WaitGroup

func task() {
	sum := 0
	for i := range 150 {
		sum += i % 7
	}
	done.Add(1)
}

func main() {
	for range 10_000 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			task()
		}()
	}
	wg.Wait()
	fmt.Println(done.Load(), "tasks done")
}
