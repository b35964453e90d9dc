package main

import (
	"fmt"
	"runtime"
)

func partner(ping, pong chan bool) {
	runtime.LockOSThread()
	for range ping {
		pong <- true
	}
	close(pong)
}

func main() {
	ping, pong := make(chan bool), make(chan bool)
	go partner(ping, pong)
	for range 1000 {
		ping <- true
		<-pong
	}
	close(ping)
	<-pong
	fmt.Println("1000 passes there and back")
}
