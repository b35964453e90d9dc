package main

import "sync"

func main() {
	b := make([]byte, 16)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 9; i++ {
			b[i] = 1
		}
	}()
	for i := 8; i < 16; i++ {
		b[i] = 2
	}
	wg.Wait()
}
