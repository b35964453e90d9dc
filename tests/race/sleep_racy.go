package main

import "time"

var x int

func main() {
	go func() {
		x = 1
	}()
	time.Sleep(20 * time.Millisecond)
	x = 2
}
