// Races lose updates and nothing else: every value that is read was written by somebody.
package main

import (
	"fmt"
	"sync"
)

type node struct {
	next *node
	s    string
	a    any
}

var (
	shared *node
	ints   []int
	text   string
	bytes  [64]byte
	f      func() int
)

func worker() (sum int) {
	for i := 0; i < 2000; i++ {
		shared = &node{next: shared, s: "node", a: i}
		if i%100 == 0 {
			shared = nil
		}
		if p := shared; p != nil {
			sum += len(p.s) + p.a.(int)
		}
		ints = append(ints, i)
		if len(ints) > 100 {
			ints = nil
		}
		if x := ints; len(x) > 0 {
			sum += x[len(x)-1]
		}
		text = text + "x"
		if t := text; len(t) > 50 {
			text = t[:5]
		}
		bytes[i%64] = byte(i)
		sum += int(bytes[(i+7)%64])
		f = func() int { return i }
		if h := f; h != nil {
			sum += h()
		}
	}
	return sum
}

func main() {
	var wg sync.WaitGroup
	for g := 0; g < 4; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if worker() < 0 {
				panic("a value out of thin air")
			}
		}()
	}
	wg.Wait()
	fmt.Println("whole")
}

// expect: whole
