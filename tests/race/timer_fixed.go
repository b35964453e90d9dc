package main

import "time"

func main() {
	x := 1
	done := make(chan bool)
	t := time.NewTimer(time.Millisecond)
	go func() {
		<-t.C
		x++
		done <- true
	}()
	<-done
	tick := time.NewTicker(time.Millisecond)
	<-tick.C
	<-tick.C
	tick.Stop()
	println(x)
}
