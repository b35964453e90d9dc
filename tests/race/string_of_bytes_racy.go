package main

import "sync"

func main() {
	b := []byte("hello, world")
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		b[3] = 'x'
	}()
	_ = len(string(b) + "!")
	wg.Wait()
}
