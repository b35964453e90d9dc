package main

import (
	"fmt"
	"runtime"
)

func say(word string) {
	for range 5 {
		runtime.Gosched()
		fmt.Println(word)
	}
}

func main() {
	go say("world")
	say("hello")
}
