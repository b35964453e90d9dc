package main

import (
	"fmt"
	"time"
)

type greeter struct{ name string }

func (g greeter) greet() {
	fmt.Println("hello from", g.name)
}

func work(how string) {
	fmt.Println("work,", how)
}

func main() {
	work("called")

	go work("started with go")
	fmt.Println("main goes on")
	time.Sleep(10 * time.Millisecond)

	g := greeter{"a method"}
	go g.greet()
	fmt.Println("main goes on again")
	time.Sleep(10 * time.Millisecond)
}
