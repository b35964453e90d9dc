package main

import "sync"

func main() {
	start := make(chan struct{})
	var wg sync.WaitGroup
	x := 0
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			_ = x + 1
		}()
	}
	x = 5
	close(start)
	wg.Wait()
	println(x)
}
