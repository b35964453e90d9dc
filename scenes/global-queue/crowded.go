package main

import (
	"fmt"
	"sync"
)

var wg sync.WaitGroup
var n int

func count() {
	n++ // one P: nobody else is in here
	wg.Done()
}

func main() {
	wg.Add(300)
	for range 300 {
		go count()
	}
	wg.Wait()
	fmt.Println(n, "have run")
}
