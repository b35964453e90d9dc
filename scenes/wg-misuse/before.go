package main

import (
	"fmt"
	"sync"
)

var wg sync.WaitGroup

func work() {
	defer wg.Done()
	fmt.Println("work")
}

func main() {
	wg.Add(2)
	go work()
	go work()
	wg.Wait()
	fmt.Println("all done")
}
