package main

import "sync"

var stop = make(chan struct{})
var last int

func worker(wg *sync.WaitGroup) {
	defer wg.Done()
	<-stop
	last = 1
}

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(&wg)
	close(stop)
	last = 2
	wg.Wait()
}
