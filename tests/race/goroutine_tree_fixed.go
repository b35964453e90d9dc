package main

import "sync"

type node struct {
	l, r *node
	v    int
}

func build(d int) *node {
	n := &node{v: 1}
	if d == 0 {
		return n
	}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { defer wg.Done(); n.l = build(d - 1) }()
	go func() { defer wg.Done(); n.r = build(d - 1) }()
	wg.Wait()
	n.v = n.l.v + n.r.v
	return n
}
func main() { println(build(6).v) }
