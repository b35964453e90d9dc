package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
)

var stop atomic.Bool
var kept [3]*int

func allocate(i int, done chan bool) {
	for !stop.Load() {
		kept[i] = new(int)
	}
	done <- true
}

func loop(done chan bool) {
	for !stop.Load() {
	}
	done <- true
}

func inKernel(done chan bool) {
	ts := syscall.NsecToTimespec((40 * time.Millisecond).Nanoseconds())
	syscall.Nanosleep(&ts, nil)
	done <- true
}

func main() {
	done := make(chan bool, 5)
	for i := range 3 {
		go allocate(i, done)
	}
	go loop(done)
	go inKernel(done)
	time.Sleep(time.Millisecond)
	runtime.GC()
	stop.Store(true)
	for range 5 {
		<-done
	}
	fmt.Println("all five are back")
}
