package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

var mu sync.Mutex

func compute(d time.Duration) {
	for start := time.Now(); time.Since(start) < d; {
	}
}

func holder(wg *sync.WaitGroup) {
	defer wg.Done()
	mu.Lock()
	runtime.Gosched() // just now somebody else gets the P
	compute(time.Millisecond)
	mu.Unlock()
}

func stranger(wg *sync.WaitGroup) {
	defer wg.Done()
	compute(30 * time.Millisecond)
}

func urgent(wg *sync.WaitGroup) {
	defer wg.Done()
	start := time.Now()
	mu.Lock()
	waited := time.Since(start)
	mu.Unlock()
	fmt.Println("urgent, and waited over 20 ms:", waited > 20*time.Millisecond)
}

func main() {
	var wg sync.WaitGroup
	wg.Add(5)
	go urgent(&wg)
	for range 3 {
		go stranger(&wg)
	}
	go holder(&wg) // started last, so it runs first
	wg.Wait()
}
