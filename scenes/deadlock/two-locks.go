package main

import (
	"fmt"
	"sync"
)

var a, b sync.Mutex
var wg sync.WaitGroup

func aThenB() {
	defer wg.Done()
	a.Lock()
	b.Lock()
	b.Unlock()
	a.Unlock()
}

func bThenA() {
	defer wg.Done()
	b.Lock()
	a.Lock()
	a.Unlock()
	b.Unlock()
}

func main() {
	wg.Add(2)
	go aThenB()
	go bThenA()
	wg.Wait()
	fmt.Println("ok")
}
