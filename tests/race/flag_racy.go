package main

import "runtime"

var done bool

func main() {
	over := make(chan bool)
	go func() {
		done = true
		over <- true
	}()
	for i := 0; i < 1000; i++ {
		if done {
			break
		}
		runtime.Gosched()
	}
	<-over
}
