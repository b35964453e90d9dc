package main

func main() {
	gate := make(chan int)
	close(gate)
	close(gate)
}
