package main

import (
	"fmt"
	"sync"
)

var n int
var wg sync.WaitGroup

func add() {
	defer wg.Done()
	for range 10 {
		n++
	}
}

func main() {
	wg.Add(2)
	go add()
	go add()
	wg.Wait()
	fmt.Println(n)
}
