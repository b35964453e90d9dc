package main

import "sync"

var x int

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	c := make(chan int, 1)
	go func() {
		wg.Done()
		x = 1
		c <- 1
	}()
	wg.Wait()
	x = 2
	<-c
}
