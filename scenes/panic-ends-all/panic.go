package main

import (
	"fmt"
	"time"
)

func main() {
	defer func() {
		fmt.Println("main recovers:", recover())
	}()
	go func() {
		panic("boom")
	}()
	time.Sleep(10 * time.Millisecond)
	fmt.Println("main goes on")
}
