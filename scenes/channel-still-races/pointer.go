package main

import "fmt"

func receiver(c chan *int, done chan bool) {
	p := <-c
	*p++
	done <- true
}

func main() {
	x := 0
	c := make(chan *int)
	done := make(chan bool)
	go receiver(c, done)
	c <- &x
	x++ // but x was given away
	<-done
	fmt.Println(x)
}
