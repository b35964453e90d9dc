// traced writes a trace of itself to the file that its argument names: goroutines that were there before the trace began
// (waiting, and in a system call), channels, a coroutine, calls that lose their P, a changed GOMAXPROCS, a collection.
package main

import (
	"iter"
	"os"
	"runtime"
	"runtime/trace"
	"strconv"
	"sync"
	"syscall"
	"time"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func nap(d time.Duration) {
	ts := syscall.NsecToTimespec(int64(d))
	syscall.Nanosleep(&ts, nil)
}

func worker(jobs <-chan int, done *sync.WaitGroup) {
	defer done.Done()
	for range jobs {
		runtime.Gosched()
	}
}

func main() {
	rounds := 3
	if len(os.Args) > 2 {
		rounds, _ = strconv.Atoi(os.Args[2])
	}
	before := make(chan int)
	go func() { <-before }()
	go nap(40 * time.Millisecond)
	time.Sleep(time.Millisecond)
	f, err := os.Create(os.Args[1])
	if err != nil {
		panic(err)
	}
	if err := trace.Start(f); err != nil {
		panic(err)
	}
	next, stop := iter.Pull(count(rounds))
	for ok := true; ok; {
		_, ok = next()
	}
	stop()
	jobs := make(chan int)
	var done sync.WaitGroup
	for range 3 {
		done.Add(1)
		go worker(jobs, &done)
	}
	for i := range 4 * rounds {
		jobs <- i
	}
	close(jobs)
	for range 2 {
		done.Add(1)
		go func() {
			defer done.Done()
			for range rounds {
				nap(time.Millisecond)
			}
		}()
	}
	done.Wait()
	old := runtime.GOMAXPROCS(1)
	runtime.GC()
	runtime.GOMAXPROCS(old)
	close(before)
	time.Sleep(time.Millisecond)
	trace.Stop()
	if err := f.Close(); err != nil {
		panic(err)
	}
}
