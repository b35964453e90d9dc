package main

import "sync"

func main() {
	var wg sync.WaitGroup
	c := make(chan bool, 1)
	go func() {
		wg.Add(1)
		wg.Done()
		c <- true
	}()
	go func() {
		wg.Add(1)
		wg.Done()
		c <- true
	}()
	wg.Wait()
	<-c
	<-c
}
