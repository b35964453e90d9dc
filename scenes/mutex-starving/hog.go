package main

import (
	"fmt"
	"sync"
	"time"
)

var mu sync.Mutex
var stop bool

func hog(started chan bool) {
	mu.Lock()
	started <- true
	for !stop {
		time.Sleep(700 * time.Microsecond)
		mu.Unlock()
		mu.Lock()
	}
	mu.Unlock()
}

func main() {
	started := make(chan bool)
	go hog(started)
	<-started
	mu.Lock()
	stop = true
	fmt.Println("main has the lock")
	mu.Unlock()
}
