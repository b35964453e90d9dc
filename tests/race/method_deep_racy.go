package main

import "sync"

type stack struct{ items []int }

func (s *stack) push(v int) { s.set(v, 3) }

func (s *stack) set(v, depth int) {
	if depth > 0 {
		s.set(v, depth-1)
		return
	}
	s.items[0] = v
}

func main() {
	s := &stack{make([]int, 1)}
	var wg sync.WaitGroup
	wg.Go(func() { s.push(1) })
	s.push(2)
	wg.Wait()
}
