package main

import (
	"fmt"
	"time"
)

func main() {
	go func() {
		defer func() {
			fmt.Println("the goroutine recovers:", recover())
		}()
		panic("boom")
	}()
	time.Sleep(10 * time.Millisecond)
	fmt.Println("main goes on")
}
