package main

import "time"

func main() {
	c := make(chan bool)
	x := 5
	time.AfterFunc(time.Millisecond, func() {
		x++
		c <- true
	})
	<-c
	println(x)
}
