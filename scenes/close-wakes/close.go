package main

import (
	"fmt"
	"runtime"
)

func waiter(i int, gate chan int, done chan bool) {
	<-gate
	fmt.Println(i)
	done <- true
}

func main() {
	gate := make(chan int)
	done := make(chan bool, 5)
	for i := 1; i <= 5; i++ {
		go waiter(i, gate, done)
		runtime.Gosched() // let it queue before the next
	}
	close(gate)
	for range 5 {
		<-done
	}
	for range 3 {
		v, ok := <-gate
		fmt.Println(v, ok)
	}
}
