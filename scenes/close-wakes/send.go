package main

func main() {
	gate := make(chan int, 1)
	close(gate)
	gate <- 1
}
