package main

import (
	"fmt"
	"runtime"
)

// On one P the two keep the P between them until their common slice is used up: each request to give way falls just
// before one of them parks.
func forever(in, out chan int) {
	for v := range in {
		out <- v + 1
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	a, b := make(chan int), make(chan int)
	go forever(a, b)
	go forever(b, a)
	a <- 0
	runtime.Gosched()
	fmt.Println("main has the P again")
}

// expect: main has the P again
