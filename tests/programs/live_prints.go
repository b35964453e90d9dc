package main

import (
	"fmt"
	"runtime"
	"sync"
)

// On one P goroutines that print do so in the order of the queue, though a print is a system call in which the P may be
// taken: a file is written by one goroutine at a time, and the next ones wait in line.
func main() {
	runtime.GOMAXPROCS(1)
	var wg sync.WaitGroup
	for i := 1; i <= 6; i++ {
		wg.Go(func() { fmt.Println("goroutine", i) })
	}
	wg.Wait()
}

// expect: goroutine 6
// expect: goroutine 1
// expect: goroutine 2
// expect: goroutine 3
// expect: goroutine 4
// expect: goroutine 5
