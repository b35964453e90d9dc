package main

import "sync"

func main() {
	var wg sync.WaitGroup
	out := [4]int{}
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out[i] = i
		}()
	}
	wg.Wait()
	println(out[3])
}
