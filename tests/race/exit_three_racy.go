package main

import (
	"os"
	"sync"
)

var n int

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		n = 1
		wg.Done()
	}()
	n = 2
	wg.Wait()
	os.Exit(3)
}
