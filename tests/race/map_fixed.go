package main

import "sync"

func main() {
	m := map[int]int{1: 1}
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); _ = m[1] + len(m) }()
	}
	wg.Wait()
	m[2] = 2
	println(len(m))
}
