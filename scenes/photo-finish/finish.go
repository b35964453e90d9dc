package main

import (
	"fmt"
	"time"
)

func world() {
	time.Sleep(time.Millisecond)
	fmt.Println("world")
}

func main() {
	go world()
	time.Sleep(time.Millisecond)
	fmt.Println("hello")
}
