package main

import "sync"

var x int

func a() { x = 1 }
func b() { _ = x }
func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { a(); wg.Done() }()
	go func() { b(); wg.Done() }()
	wg.Wait()
}
