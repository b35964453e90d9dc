package main

import (
	"fmt"
	"sync"
)

const crowd = 100_000

var there, gone sync.WaitGroup

func wait(gate chan bool) {
	there.Done()
	<-gate
	gone.Done()
}

func main() {
	gate := make(chan bool)
	there.Add(crowd)
	gone.Add(crowd)
	for range crowd {
		go wait(gate)
	}
	there.Wait()
	fmt.Println(crowd, "goroutines wait")
	close(gate)
	gone.Wait()
	fmt.Println("and all have gone")
}
