// What is reachable outlives collections: through frames, channels, maps, closures, deferred calls.
package main

import (
	"fmt"
	"runtime"
)

type tree struct {
	a, b *tree
	s    []string
	m    map[string]*tree
}

func build(d int) *tree {
	if d == 0 {
		return &tree{s: []string{"leaf"}}
	}
	t := &tree{a: build(d - 1), b: build(d - 1), m: map[string]*tree{}}
	t.m[fmt.Sprint("k", d)] = t.a
	return t
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	n := 1 + t.a.count() + t.b.count()
	for k, v := range t.m {
		if v != t.a || len(k) < 2 {
			panic("broken")
		}
	}
	return n
}

func main() {
	keep := build(9)
	ch := make(chan *tree, 4)
	go func() {
		for i := 0; i < 20; i++ {
			ch <- build(6)
		}
		close(ch)
	}()
	total := 0
	func() {
		for t := range ch {
			runtime.GC()
			defer func(x *tree) { total += x.count() }(t)
			total += t.count()
		}
	}()
	fmt.Println(keep.count(), total)
}

// expect: 1023 5080
