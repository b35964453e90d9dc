package main

import "fmt"

func produce(c chan string, word string) {
	c <- word
	close(c)
}

func main() {
	a, b := make(chan string), make(chan string)
	go produce(a, "from a")
	go produce(b, "from b")
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil // this case never comes again
				continue
			}
			fmt.Println(v)
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			fmt.Println(v)
		}
	}
	fmt.Println("both are closed")
}
