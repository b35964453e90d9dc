package main

import (
	"fmt"
	"sync"
)

var wg sync.WaitGroup
var sums [8]int

func work(i int) {
	defer wg.Done()
	for k := range 3_000 {
		sums[i] += k % 7
	}
}

func main() {
	wg.Add(8)
	for i := range 8 {
		go work(i)
	}
	wg.Wait()
	total := 0
	for _, s := range sums {
		total += s
	}
	fmt.Println("sum", total)
}
