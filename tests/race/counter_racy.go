package main

import "sync"

var n int

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := 0; i < 2; i++ {
		go func() { defer wg.Done(); n++ }()
	}
	wg.Wait()
}
