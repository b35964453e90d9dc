package main

import "sync"

type account struct {
	mu  sync.Mutex
	sum int
}

func (a *account) add(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sum = n
}
func (a *account) total() int { return a.sum }
func main() {
	a := new(account)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		a.add(1)
	}()
	_ = a.total()
	wg.Wait()
}
