package main

import "sync"

func main() {
	var wg sync.WaitGroup
	out := make([]int, 8)
	for i := range out {
		wg.Go(func() { out[i] = i * i })
	}
	wg.Wait()
	println(out[7])
}
