package main

import (
	"fmt"
	"sync"
)

var mu sync.Mutex
var n int

func add(wg *sync.WaitGroup) {
	defer wg.Done()
	for range 500 {
		mu.Lock()
		n++
		mu.Unlock()
	}
}

func main() {
	var wg sync.WaitGroup
	wg.Add(8)
	for range 8 {
		go add(&wg)
	}
	wg.Wait()
	fmt.Println(n)
}
