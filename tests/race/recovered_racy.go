package main

import "sync"

var n int

func deep(i int) {
	if i == 0 {
		panic("up")
	}
	deep(i - 1)
}
func work(wg *sync.WaitGroup) {
	defer wg.Done()
	defer func() {
		recover()
		n = 1
	}()
	deep(10)
}
func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go work(&wg)
	n = 2
	wg.Wait()
}
