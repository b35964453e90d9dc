package main

import "fmt"

const rounds = 1000

func partner(to, from chan int) {
	for token := range to {
		from <- token + 1
	}
	close(from)
}

func main() {
	to := make(chan int)
	from := make(chan int)
	go partner(to, from)
	token := 0
	for i := 0; i < rounds; i++ {
		to <- token
		token = <-from + 1
	}
	close(to)
	<-from
	fmt.Println(token, "passes in", rounds, "rounds")
}
