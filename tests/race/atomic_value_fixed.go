package main

import (
	"runtime"
	"sync/atomic"
)

type config struct{ a, b int }

func main() {
	var v atomic.Value
	var p atomic.Pointer[config]
	go func() {
		v.Store(&config{1, 2})
		p.Store(&config{3, 4})
	}()
	for p.Load() == nil {
		runtime.Gosched()
	}
	c := v.Load().(*config)
	println(c.a+c.b, p.Load().b)
}
