package main

import (
	"fmt"
	"runtime"
	"time"
)

type T struct {
	n    int
	next *T
}

func main() {
	done := make(chan string, 10)
	func() {
		a := &T{n: 1}
		a.next = &T{n: 2}
		runtime.SetFinalizer(a, func(t *T) { done <- fmt.Sprint("fin ", t.n, t.next.n) })
		runtime.SetFinalizer(a.next, func(x any) { done <- fmt.Sprintf("fin any %T", x) })
		b := new(string)
		runtime.AddCleanup(b, func(s string) { done <- "cleanup " + s }, "arg")
		c := new(string)
		cl := runtime.AddCleanup(c, func(s string) { done <- "never " + s }, "arg")
		cl.Stop()
		d := &T{}
		runtime.SetFinalizer(d, func(*T) { done <- "never" })
		runtime.SetFinalizer(d, nil)
	}()
	got := map[string]bool{}
	for i := 0; i < 20 && len(got) < 3; i++ {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
		for len(done) > 0 {
			got[<-done] = true
		}
	}
	fmt.Println(got)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println(m.TotalAlloc >= m.Alloc, m.NumGC > 0)
}
