package main

import "sync"

type job struct{ n int }

func main() {
	a, b := make(chan *job, 1), make(chan *job, 1)
	var wg sync.WaitGroup
	wg.Add(1)
	j := &job{}
	go func() {
		defer wg.Done()
		select {
		case x := <-a:
			x.n = 1
		case x := <-b:
			x.n = 2
		}
	}()
	select {
	case a <- j:
	default:
	}
	j.n = 3
	wg.Wait()
}
