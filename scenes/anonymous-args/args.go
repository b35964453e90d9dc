package main

import (
	"fmt"
	"time"
)

func main() {
	x := 1
	go func(x int) {
		fmt.Println("argument", x)
	}(x)
	go func() {
		fmt.Println("captured", x)
	}()
	x = 2
	time.Sleep(10 * time.Millisecond)

	for i := range 3 {
		go func() {
			fmt.Println(i)
		}()
	}
	time.Sleep(10 * time.Millisecond)
}
