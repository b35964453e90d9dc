package main

// Stacks that a collection halves under goroutines that wait in the middle of things: their frames, results and the
// places that channels write to must move along, and the stacks must grow again afterwards.

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func dive(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + dive(n-1)
}

// Waits n frames deep, with a value in each frame.
func deep(n int, wait func() int) int {
	mine := n * n
	if n == 0 {
		return wait()
	}
	below := deep(n-1, wait)
	return mine + below
}

func collect() {
	for range 4 {
		runtime.GC()
	}
}

type block [3000]int

func sum(b block) (n int) {
	for _, v := range b {
		n += v
	}
	return n
}

// Its frame, with room for what it passes on, reaches further than those of functions that it calls before.
func wide() int {
	var b block
	for i := range b {
		b[i] = i
	}
	collect()
	return sum(b)
}

var mu sync.Mutex

func main() {
	fmt.Println(wide())
	c, d := make(chan int), make(chan [3]int)
	var wg sync.WaitGroup
	results := make([]int, 6)
	waits := []func() int{
		func() int { return <-c },
		func() int { a := <-d; return a[0] + a[1] + a[2] },
		func() int {
			select {
			case v := <-c:
				return v
			case a := <-d:
				return a[0] + a[1] + a[2]
			}
		},
		func() int { time.Sleep(20 * time.Millisecond); return 7 },
		func() int { mu.Lock(); defer mu.Unlock(); return 7 },
		func() (r int) {
			defer func() { r = recover().(int) }()
			runtime.Gosched()
			panic(7)
		},
	}
	mu.Lock()
	for i, wait := range waits {
		wg.Add(1)
		go func() {
			defer wg.Done()
			dive(20_000)
			results[i] = deep(20, wait)
			results[i] += dive(1_000)
		}()
	}
	time.Sleep(5 * time.Millisecond)
	for range 12 {
		runtime.GC()
	}
	mu.Unlock()
	d <- [3]int{1, 2, 4}
	c <- 7
	select {
	case c <- 7:
	case d <- [3]int{4, 2, 1}:
	}
	wg.Wait()
	for _, r := range results {
		fmt.Println(r)
	}
}

// expect: 4498500
// expect: 3877
// expect: 3877
// expect: 3877
// expect: 3877
// expect: 3877
// expect: 3877
