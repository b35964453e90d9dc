package main

import "sync"

var grid [4][4]int

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	i := 2
	go func() {
		defer wg.Done()
		grid[i][1] = 1
	}()
	grid[i][1] = 2
	wg.Wait()
}
