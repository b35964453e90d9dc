package main

import (
	"fmt"
	"sync"
	"syscall"
	"time"
)

var wg sync.WaitGroup

func sleepInKernel() {
	defer wg.Done()
	ts := syscall.NsecToTimespec((100 * time.Millisecond).Nanoseconds())
	syscall.Nanosleep(&ts, nil)
}

func main() {
	wg.Add(4)
	for range 4 {
		go sleepInKernel()
	}
	wg.Wait()
	fmt.Println("all four are back")
}
