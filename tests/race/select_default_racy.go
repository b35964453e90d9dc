package main

import "sync"

func main() {
	c := make(chan int)
	var wg sync.WaitGroup
	x := 0
	wg.Add(1)
	go func() {
		defer wg.Done()
		x = 1
		select {
		case c <- 1:
		default:
		}
	}()
	x = 2
	wg.Wait()
	println(x > 0)
}
