package main

import (
	"errors"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	var err error
	wg.Add(1)
	go func() {
		defer wg.Done()
		err = errors.New("a")
	}()
	err = errors.New("b")
	wg.Wait()
	println(err != nil)
}
