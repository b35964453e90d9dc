package main

import (
	"fmt"
	"sync"
	"time"
)

var wg sync.WaitGroup
var sums [3]int

func work(i int) {
	defer wg.Done()
	for k := range 200 {
		sums[i] += k
	}
	time.Sleep(time.Millisecond)
	for k := range 200 {
		sums[i] += k
	}
}

func main() {
	wg.Add(3)
	for i := range 3 {
		go work(i)
	}
	wg.Wait()
	fmt.Println("sum", sums[0]+sums[1]+sums[2])
}
