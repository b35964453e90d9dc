package main

import "sync"

var err error

type myErr struct{}

func (myErr) Error() string { return "my" }
func main() {
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err = myErr{}
		}()
	}
	wg.Wait()
	println(err != nil)
}
