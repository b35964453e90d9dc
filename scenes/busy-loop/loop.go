package main

import (
	"fmt"
	"time"
)

func loop() {
	for {
	}
}

func main() {
	go loop()
	time.Sleep(time.Millisecond)
	fmt.Println("main is back")
}
