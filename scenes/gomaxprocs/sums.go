package main

import (
	"fmt"
	"sync"
)

var wg sync.WaitGroup
var sums [8]int

func work(i int) {
	defer wg.Done()
	n := 0
	for k := range 20_000 {
		n += k % 7
	}
	sums[i] = n
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
