package main

import (
	"runtime"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	added := make(chan int, 1)
	go func() {
		wg.Add(1)
		added <- 1
		runtime.Gosched()
		wg.Done()
	}()
	for len(added) == 0 {
		runtime.Gosched()
	}
	wg.Wait()
}
