package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	go func() {
		defer fmt.Println("the goroutine ends, its deferred calls run")
		runtime.Goexit()
		fmt.Println("never printed")
	}()
	time.Sleep(10 * time.Millisecond)
	fmt.Println("main goes on")
}
