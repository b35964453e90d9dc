package main

import (
	"fmt"
	"sync"
)

var wg sync.WaitGroup

func work() {
	wg.Add(1)
	defer wg.Done()
	fmt.Println("work")
}

func main() {
	go work()
	go work()
	wg.Wait()
	fmt.Println("all done")
}
