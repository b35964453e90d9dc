package main

import "time"

func main() {
	c := make(chan bool)
	x := 0
	time.AfterFunc(time.Millisecond, func() {
		x = 1
		c <- true
	})
	x = 2
	<-c
	println(x > 0)
}
