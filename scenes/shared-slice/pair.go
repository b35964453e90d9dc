package main

import (
	"fmt"
	"runtime"
)

func forever(in, out chan int) {
	for v := range in {
		out <- v + 1
	}
}

func main() {
	a := make(chan int, 1) // room for the first message, so that main need not wait
	b := make(chan int)
	go forever(a, b)
	go forever(b, a)
	a <- 0
	runtime.Gosched()
	fmt.Println("main has the P again")
}
