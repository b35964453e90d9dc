package main

import (
	"fmt"
	"io"
	"sync"
)

func main() {
	m := map[string]int{"a": 1}
	var wg sync.WaitGroup
	turn := make(chan int, 1)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for len(turn) == 0 {
		}
		m["b"] = 2
	}()
	fmt.Fprintln(io.Discard, m)
	turn <- 1
	wg.Wait()
}
