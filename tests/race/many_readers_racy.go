package main

import "sync"

var x int

func main() {
	var wg sync.WaitGroup
	first := make(chan bool)
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-first
			_ = x
		}()
	}
	x = 1
	close(first)
	wg.Wait()
	wg.Add(2)
	go func() { defer wg.Done(); _ = x }()
	go func() {
		defer wg.Done()
		x = 2
	}()
	wg.Wait()
}
