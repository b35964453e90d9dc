package main

import "fmt"

// A method called through an interface at every depth of the stack: at some of them the call makes the stack grow.
type node interface{ sum(depth int) int }

type leaf struct{ n int }

func (l *leaf) sum(depth int) int {
	var room [40]int
	for i := range room {
		room[i] = l.n
	}
	if depth == 0 {
		return room[7]
	}
	return room[3] + down(l, depth-1)
}

func down(n node, depth int) int { return n.sum(depth) }

type pair struct{ a, b int }

func (p pair) sum(depth int) int {
	if depth == 0 {
		return p.a
	}
	return p.b + down(p, depth-1)
}

func main() {
	total := 0
	for depth := range 60 {
		for _, n := range []node{&leaf{1}, pair{1, 1}} {
			done := make(chan int)
			go func() { done <- down(n, depth) }()
			total += <-done
		}
	}
	fmt.Println(total)
}

// expect: 3660
