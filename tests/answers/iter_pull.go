package main

import (
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("cleanup", n)
		for i := range n {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		na, sa := iter.Pull(a)
		defer sa()
		nb, sb := iter.Pull(b)
		defer sb()
		for {
			x, ok := na()
			y, ok2 := nb()
			if !ok || !ok2 || !yield(x, y) {
				return
			}
		}
	}
}

func main() {
	next, stop := iter.Pull(count(3))
	for {
		v, ok := next()
		fmt.Println(v, ok)
		if !ok {
			break
		}
	}
	fmt.Println(next())
	stop()
	next, stop = iter.Pull(count(5))
	fmt.Println(next())
	stop()
	stop()
	fmt.Println(next())
	_, stop = iter.Pull(count(9))
	stop()
	for a, b := range zip(count(4), slices.Values([]string{"x", "y"})) {
		fmt.Println(a, b)
	}
	n2, s2 := iter.Pull2(maps.All(map[string]int{"k": 1}))
	fmt.Println(n2())
	fmt.Println(n2())
	s2()
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		next, stop := iter.Pull(func(yield func(int) bool) {
			yield(1)
			panic("boom")
		})
		defer stop()
		fmt.Println(next())
		fmt.Println(next())
	}()
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		next, stop := iter.Pull(func(yield func(int) bool) {
			defer func() { panic("in stop") }()
			yield(1)
		})
		fmt.Println(next())
		stop()
	}()
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("exiting")
		next, _ := iter.Pull(func(yield func(int) bool) {
			yield(1)
			runtime.Goexit()
		})
		fmt.Println(next())
		fmt.Println(next())
		fmt.Println("not reached")
	}()
	<-done
	var nx func() (int, bool)
	nx, _ = iter.Pull(func(yield func(int) bool) {
		defer func() { fmt.Println("inner", recover()) }()
		nx()
	})
	nx()
	next, stop = iter.Pull(count(2))
	next()
	next()
	fmt.Println(next())
	stop()
	var nilseq iter.Seq[int]
	func() {
		defer func() { fmt.Println(recover()) }()
		next, _ := iter.Pull(nilseq)
		next()
	}()
}
