package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// Locks that are free, held, waited for by one who sleeps and by one who was woken; and every atomic operation on words.
func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	counter, turns := 0, int64(0)
	for w := range 8 {
		wg.Go(func() {
			for i := range 500 {
				mu.Lock()
				counter++
				if (i+w)%16 == 0 {
					runtime.Gosched()
				}
				mu.Unlock()
				atomic.AddInt64(&turns, 1)
			}
		})
	}
	wg.Wait()
	fmt.Println(counter, turns, mu.TryLock())

	var i32 int32 = 1 << 30
	var u32 uint32 = 1<<32 - 1
	var i64 int64 = -5
	fmt.Println(atomic.AddInt32(&i32, 1<<30), atomic.LoadInt32(&i32), atomic.AddUint32(&u32, 1), atomic.LoadUint32(&u32))
	fmt.Println(atomic.SwapInt64(&i64, 7), atomic.CompareAndSwapInt64(&i64, 6, 1), atomic.CompareAndSwapInt64(&i64, 7, -1))
	fmt.Println(i64)
	atomic.StoreInt32(&i32, -3)
	atomic.StoreUint32(&u32, 9)
	atomic.StoreInt64(&i64, 1<<62)
	fmt.Println(i32, u32, atomic.LoadInt64(&i64))
	fmt.Println(atomic.CompareAndSwapInt32(&i32, -3, 3), atomic.CompareAndSwapUint32(&u32, 8, 1))
	fmt.Println(i32, u32)
	defer func() { fmt.Println(recover()) }()
	var none *sync.Mutex
	none.Lock()
}

// expect: 4000 4000 true
// expect: -2147483648 -2147483648 0 0
// expect: -5 false true
// expect: -1
// expect: -3 9 4611686018427387904
// expect: true false
// expect: 3 9
// expect: runtime error: invalid memory address or nil pointer dereference
