package main

import "sync"

func main() {
	s := make([]int, 64)
	b := make([]byte, 64)
	f := make([]float32, 64)
	var wg sync.WaitGroup
	for i := range s {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s[i] = i
			b[i] = byte(i)
			f[i] = float32(i)
		}()
	}
	wg.Wait()
	println(s[63], b[63])
}
