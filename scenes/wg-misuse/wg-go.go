package main

import (
	"fmt"
	"sync"
)

func work() {
	fmt.Println("work")
}

func main() {
	var wg sync.WaitGroup
	wg.Go(work)
	wg.Go(work)
	wg.Wait()
	fmt.Println("all done")
}
