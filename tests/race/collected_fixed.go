package main

import (
	"runtime"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var keep [][]int
			for i := 0; i < 2000; i++ {
				s := make([]int, 64+i%7)
				s[i%64] = i
				b := make([]byte, 33)
				b[i%33] = 1
				if i%100 == 0 {
					keep = append(keep, s)
				}
				if i%500 == 0 {
					runtime.GC()
				}
			}
			_ = len(keep)
		}()
	}
	wg.Wait()
}
