package main

import "fmt"

func main() {
	stop := make(chan bool, 1)
	jobs := make(chan int, 5)
	stop <- true
	for j := range 5 {
		jobs <- j
	}
	done := 0
	for {
		select {
		case <-stop:
			fmt.Println(done, "jobs before the stop")
			return
		case <-jobs:
			done++
		}
	}
}
