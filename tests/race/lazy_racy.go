package main

import "sync"

var config *int

func get() int {
	if config == nil {
		config = new(int)
	}
	return 0
}
func main() {
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); get() }()
	}
	wg.Wait()
}
