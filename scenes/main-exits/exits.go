package main

import "fmt"

func worker() {
	defer fmt.Println("worker cleans up")
	fmt.Println("worker works")
}

func main() {
	go worker()
	fmt.Println("main returns")
}
