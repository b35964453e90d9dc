package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func counters() {
	var mu sync.Mutex
	var rw sync.RWMutex
	var wg sync.WaitGroup
	n, m := 0, map[int]int{}
	for i := 0; i < 10; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 100; j++ {
				mu.Lock()
				n++
				mu.Unlock()
				if j%10 == 0 {
					rw.Lock()
					m[i]++
					rw.Unlock()
				} else {
					rw.RLock()
					_ = m[i]
					rw.RUnlock()
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println(n, len(m), m[3])
	wg.Go(func() { n = -1 })
	wg.Wait()
	fmt.Println(n, mu.TryLock(), mu.TryLock(), rw.TryRLock(), rw.TryLock())
}

func once() {
	var o sync.Once
	for i := 0; i < 3; i++ {
		o.Do(func() { fmt.Println("once", i) })
	}
	v := sync.OnceValue(func() int { fmt.Println("computing"); return 42 })
	fmt.Println(v(), v())
	a, b := sync.OnceValues(func() (string, error) { return "x", nil })()
	fmt.Println(a, b)
	f := sync.OnceFunc(func() { panic("first") })
	for i := 0; i < 2; i++ {
		func() {
			defer func() { fmt.Println("recovered", recover()) }()
			f()
		}()
	}
}

func condition() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	ready, woken := false, 0
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			for !ready {
				c.Wait()
			}
			woken++
			mu.Unlock()
		}()
	}
	time.Sleep(time.Millisecond)
	mu.Lock()
	ready = true
	c.Broadcast()
	mu.Unlock()
	wg.Wait()
	fmt.Println("woken", woken)
	c.Signal()
}

type config struct{ name string }

func atomics() {
	var i32 atomic.Int32
	var u64 atomic.Uint64
	var b atomic.Bool
	var p atomic.Pointer[config]
	var v atomic.Value
	fmt.Println(i32.Add(-3), i32.Load(), i32.CompareAndSwap(-3, 9), i32.Swap(2), i32.Or(4), i32.And(6), i32.Load())
	fmt.Println(u64.Add(^uint64(0)), b.CompareAndSwap(false, true), b.Load(), b.Swap(false), p.Load() == nil)
	first, second := &config{"first"}, &config{"second"}
	p.Store(first)
	fmt.Println(p.CompareAndSwap(second, first), p.CompareAndSwap(first, second), p.Load().name, p.Swap(nil).name, p.Load() == nil)
	fmt.Println(v.Load(), v.CompareAndSwap(nil, 1), v.Load(), v.Swap(2), v.CompareAndSwap(2, 3), v.Load())
	func() {
		defer func() { fmt.Println(recover()) }()
		v.Store("x")
	}()
	var n int32 = 1
	var arr [3]int32
	var w int64
	fmt.Println(atomic.AddInt32(&n, 5), atomic.CompareAndSwapInt32(&n, 6, -7), atomic.LoadInt32(&n), atomic.SwapInt32(&n, 1<<30))
	fmt.Println(atomic.AddInt32(&arr[1], -1), arr, atomic.AddInt32(&n, 1<<30), atomic.AddInt64(&w, 1<<40))
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Go(func() {
			for j := 0; j < 200; j++ {
				atomic.AddInt64(&w, 1)
			}
		})
	}
	wg.Wait()
	fmt.Println(atomic.LoadInt64(&w) - 1<<40)
}

func collections() {
	var m sync.Map
	m.Store("a", 1)
	fmt.Println(m.Load("a"))
	fmt.Println(m.LoadOrStore("a", 2))
	fmt.Println(m.LoadOrStore("b", 3))
	fmt.Println(m.LoadAndDelete("a"))
	fmt.Println(m.Swap("b", 4))
	fmt.Println(m.CompareAndSwap("b", 4, 5), m.CompareAndDelete("b", 4))
	m.Range(func(k, v any) bool { fmt.Println(k, v); return true })
	m.Clear()
	_, ok := m.Load("b")
	fmt.Println(ok)
	made := 0
	pool := sync.Pool{New: func() any { made++; return made }}
	x := pool.Get()
	fmt.Println(x, pool.Get())
}

func goroutines() {
	done := make(chan int)
	go func() {
		defer close(done)
		defer fmt.Println("deferred")
		runtime.Goexit()
		fmt.Println("not reached")
	}()
	<-done
	for runtime.NumGoroutine() > 1 {
		runtime.Gosched()
	}
	fmt.Println(runtime.NumGoroutine(), runtime.GOMAXPROCS(0) >= 1, runtime.NumCPU() >= 1)
	_, file, line, ok := runtime.Caller(0)
	fmt.Println(file != "", line, ok)
	defer func() {
		err, ok := recover().(runtime.Error)
		fmt.Println(err, ok)
	}()
	var s []int
	_ = s[line-line+5]
}

func main() {
	counters()
	once()
	condition()
	atomics()
	collections()
	goroutines()
}

// expect: 1000 10 10
// expect: -1 true false true false
// expect: once 0
// expect: computing
// expect: 42 42
// expect: x <nil>
// expect: recovered first
// expect: recovered first
// expect: woken 3
// expect: -3 -3 true 9 2 6 6
// expect: 18446744073709551615 true true true true
// expect: false true second second true
// expect: <nil> true 1 1 true 3
// expect: sync/atomic: store of inconsistently typed value into Value
// expect: 6 true -7 -7
// expect: -1 [0 -1 0] -2147483648 1099511627776
// expect: 1600
// expect: 1 true
// expect: 1 true
// expect: 3 false
// expect: 1 true
// expect: 3 true
// expect: true false
// expect: b 5
// expect: false
// expect: 1 2
// expect: deferred
// expect: 1 true true
// expect: true 155 true
// expect: runtime error: index out of range [5] with length 0 true
