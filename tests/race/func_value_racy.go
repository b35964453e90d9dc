package main

import "sync"

var handler func()

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		handler = func() {}
	}()
	handler = func() {}
	wg.Wait()
	handler()
}
