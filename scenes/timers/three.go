package main

import (
	"fmt"
	"time"
)

func sleeper(n int) {
	time.Sleep(10 * time.Millisecond)
	fmt.Println(n)
}

func main() {
	for n := 1; n <= 3; n++ {
		go sleeper(n)
	}
	time.Sleep(50 * time.Millisecond)
}
