package main

import "sync"

var n int

func main() {
	sem := make(chan int, 2)
	var wg, both sync.WaitGroup
	both.Add(2)
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- 1
			n = 1
			<-sem
		}()
	}
	wg.Wait()
}
