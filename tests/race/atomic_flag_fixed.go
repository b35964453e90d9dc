package main

import (
	"runtime"
	"sync/atomic"
)

func main() {
	var ready atomic.Bool
	x := 0
	go func() {
		x = 1
		ready.Store(true)
	}()
	for !ready.Load() {
		runtime.Gosched()
	}
	println(x)
}
