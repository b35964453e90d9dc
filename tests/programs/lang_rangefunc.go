package main

import (
	"fmt"
	"iter"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("| ")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs(s string) iter.Seq2[int, rune] {
	return func(yield func(int, rune) bool) {
		for i, r := range s {
			if !yield(i, r) {
				return
			}
		}
	}
}

func find(n int) (int, string) {
	for i := range count(10) {
		for j := range count(10) {
			if i*j == n {
				return i, fmt.Sprint(j)
			}
		}
	}
	return -1, "none"
}

func named(n int) (r int) {
	for i := range count(5) {
		r += i
		if i == n {
			return
		}
	}
	r = -r
	return
}

func main() {
	for i := range count(3) {
		fmt.Print(i, " ")
	}
	fmt.Println()
	for i := range count(10) {
		if i == 1 {
			continue
		}
		if i == 4 {
			break
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
outer:
	for i, r := range pairs("abc") {
		for j := range count(5) {
			if j == 2 {
				continue outer
			}
			if r == 'c' {
				break outer
			}
			fmt.Print(i, string(r), j, " ")
		}
	}
	fmt.Println()
	fmt.Println(find(12))
	fmt.Println(find(83))
	fmt.Println(named(3), named(9))
	var k int
	for k = range count(4) {
	}
	fmt.Println(k)
	func() {
		defer func() { fmt.Println("caught:", recover()) }()
		for range bad {
			break
		}
	}()
	func() {
		defer func() { fmt.Println("caught:", recover()) }()
		for i := range count(3) {
			if i == 1 {
				panic("inside")
			}
		}
	}()
	var fs []func() int
	for i := range count(3) {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
}

func bad(yield func() bool) {
	yield()
	yield()
}

// expect: 0 1 2 | 
// expect: 0 2 3 | 
// expect: 0a0 0a1 | 1b0 1b1 | | 
// expect: | | | | 2 6
// expect: | | | | | | | | | | | -1 none
// expect: | | 6 -10
// expect: | 3
// expect: caught: runtime error: range function continued iteration after function for loop body returned false
// expect: | caught: inside
// expect: | 10 20 11 21 12 22 
