package main

import (
	"context"
	"sync"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	x := 0
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-ctx.Done()
			_ = x
			_ = ctx.Err()
		}()
	}
	x = 1
	cancel()
	wg.Wait()
	println(x)
}
