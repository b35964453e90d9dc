package main

import (
	"fmt"
	"runtime"
)

func dive(depth int) int {
	if depth == 0 {
		return 0
	}
	return 1 + dive(depth-1)
}

func diver(up chan bool) {
	for _, depth := range []int{10, 1_000, 100_000} {
		fmt.Println("went down", dive(depth))
	}
	up <- true
	up <- true // waits here while main collects
}

func main() {
	up := make(chan bool)
	go diver(up)
	<-up
	runtime.GC()
	<-up
}
