// The program of scripts/live-soak.sh: a mixed load, round after round, for as many minutes as its argument says, with a
// million goroutines at once in each round. After each round nothing may be left of it: goroutines, threads, memory; and
// while it goes on a heartbeat says how long anything stood still.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const crowd = 1000000

// A million wait for one channel, and a few hundred thousand for locks and timers at the same time.
func million() {
	var wg sync.WaitGroup
	gate := make(chan struct{})
	var passed atomic.Int64
	for range crowd {
		wg.Go(func() {
			<-gate
			passed.Add(1)
		})
	}
	close(gate)
	wg.Wait()
	if passed.Load() != crowd {
		panic("some of the million are lost")
	}
}

func pipes() {
	var wg sync.WaitGroup
	for i := range 100 {
		r1, w1, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		r2, w2, _ := os.Pipe()
		wg.Go(func() {
			b := make([]byte, 1)
			for range 200 {
				if _, err := r1.Read(b); err != nil {
					panic(err)
				}
				w2.Write(b)
			}
			r1.Close()
			w2.Close()
		})
		wg.Go(func() {
			b := []byte{byte(i)}
			for range 200 {
				w1.Write(b)
				if _, err := r2.Read(b); err != nil || b[0] != byte(i) {
					panic("a byte went astray")
				}
			}
			r2.SetReadDeadline(time.Now().Add(time.Millisecond))
			r2.Read(b)
			w1.Close()
			r2.Close()
		})
	}
	wg.Wait()
}

func timers() {
	var wg sync.WaitGroup
	var fired atomic.Int64
	for i := range 20000 {
		t := time.AfterFunc(time.Duration(i%50)*time.Millisecond, func() { fired.Add(1) })
		if i%3 == 0 {
			t.Stop()
		}
	}
	for range 1000 {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
			defer cancel()
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
				panic("a timer came too late by a second")
			}
		})
	}
	for range 50 {
		wg.Go(func() {
			tick := time.NewTicker(time.Millisecond)
			for range 10 {
				<-tick.C
			}
			tick.Stop()
		})
	}
	wg.Wait()
	time.Sleep(60 * time.Millisecond)
}

func locks() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var rw sync.RWMutex
	cond := sync.NewCond(&mu)
	n, open := 0, false
	for i := range 200 {
		wg.Go(func() {
			for range 100 {
				mu.Lock()
				n++
				mu.Unlock()
				if i%10 == 0 {
					rw.Lock()
					rw.Unlock()
				} else {
					rw.RLock()
					rw.RUnlock()
				}
			}
			mu.Lock()
			for !open {
				cond.Wait()
			}
			mu.Unlock()
		})
	}
	time.Sleep(5 * time.Millisecond)
	mu.Lock()
	open = true
	mu.Unlock()
	cond.Broadcast()
	wg.Wait()
	if n != 20000 {
		panic("a lock let two in")
	}
}

func calls() {
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() {
			if i%4 == 0 {
				runtime.LockOSThread() // and its thread ends with it
			}
			for range 5 {
				syscall.Nanosleep(&syscall.Timespec{Nsec: 2000000}, nil)
			}
		})
	}
	for range 10 {
		old := runtime.GOMAXPROCS(1 + runtime.GOMAXPROCS(0)%4)
		runtime.Gosched()
		runtime.GOMAXPROCS(old)
	}
	wg.Wait()
}

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + deep(n-1)
}

func stacks() {
	var wg sync.WaitGroup
	for range 200 {
		wg.Go(func() {
			defer func() { recover() }()
			if deep(20000) != 20000 {
				panic("a stack was torn")
			}
			panic("on purpose")
		})
	}
	wg.Wait()
}

// field is a number of /proc/self/status.
func field(name string) int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(text), "\n") {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	return 0
}

// heartbeat keeps the longest time between two beats that were to be 1 ms apart.
func heartbeat(worst *atomic.Int64) {
	last := time.Now()
	for {
		time.Sleep(time.Millisecond)
		now := time.Now()
		if gap := int64(now.Sub(last)); gap > worst.Load() {
			worst.Store(gap)
		}
		last = now
	}
}

func main() {
	minutes := 20.0
	if len(os.Args) > 1 {
		minutes, _ = strconv.ParseFloat(os.Args[1], 64)
	}
	var worst atomic.Int64
	go heartbeat(&worst)
	parts := []struct {
		name string
		run  func()
	}{{"million", million}, {"pipes", pipes}, {"timers", timers}, {"locks", locks}, {"calls", calls}, {"stacks", stacks}}
	end := time.Now().Add(time.Duration(minutes * float64(time.Minute)))
	var threads, memory, goroutines int // most after the first three rounds
	fmt.Println("round  seconds  goroutines  threads  MB  longest gap in ms, by part")
	for round := 1; round <= 4 || time.Now().Before(end); round++ {
		began := time.Now()
		var gaps []string
		for _, part := range parts {
			worst.Store(0)
			part.run()
			gaps = append(gaps, fmt.Sprintf("%s %d", part.name, worst.Load()/1000000))
		}
		runtime.GC()
		n, t, mb := runtime.NumGoroutine(), field("Threads"), field("VmRSS")/1024
		fmt.Printf("%5d  %7.1f  %10d  %7d  %4d  %s\n", round, time.Since(began).Seconds(), n, t, mb, strings.Join(gaps, ", "))
		if round <= 3 {
			threads, memory, goroutines = max(threads, t), max(memory, mb), max(goroutines, n)
			continue
		}
		// How many threads are left over from a round is chance, up to what it needed at once.
		if n > goroutines || t > 2*threads+40 || mb > memory+memory/20+32 {
			fmt.Println("it grows")
			os.Exit(1)
		}
	}
	fmt.Println("nothing grew")
}
