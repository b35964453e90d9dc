package main

import "sync"

func main() {
	s := "a"
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		s = "bb"
	}()
	s = "ccc"
	wg.Wait()
	println(len(s) > 0)
}
