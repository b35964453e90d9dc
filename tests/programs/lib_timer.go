package main

import (
	"fmt"
	"time"
)

// near tells whether a span is as long as it should be, within what a busy machine may add.
func near(d, want time.Duration) bool { return d >= want && d < want+5*time.Second }

func main() {
	start := time.Now()
	time.Sleep(20 * time.Millisecond)
	fmt.Println("slept", near(time.Since(start), 20*time.Millisecond))

	t := time.NewTimer(time.Millisecond)
	fmt.Println(len(t.C), cap(t.C))
	at := <-t.C
	fmt.Println("fired", near(at.Sub(start), 21*time.Millisecond), t.Stop(), t.Reset(time.Hour), t.Stop(), t.Stop())

	t = time.NewTimer(time.Millisecond)
	time.Sleep(5 * time.Millisecond)
	fmt.Println("unread", t.Reset(time.Millisecond))
	<-t.C

	done := make(chan string)
	f := time.AfterFunc(time.Millisecond, func() { done <- "func ran" })
	fmt.Println(<-done, f.Stop(), f.C == nil)
	f.Reset(time.Millisecond)
	fmt.Println(<-done)
	never := time.AfterFunc(time.Hour, func() { fmt.Println("never") })
	fmt.Println(never.Stop(), never.Stop())

	tick := time.NewTicker(2 * time.Millisecond)
	for i := 0; i < 3; i++ {
		<-tick.C
		fmt.Println("tick", i)
	}
	tick.Reset(time.Millisecond)
	<-tick.C
	tick.Stop()
	select {
	case <-tick.C:
		fmt.Println("ticked after Stop")
	case <-time.After(10 * time.Millisecond):
		fmt.Println("quiet")
	}
	fmt.Println(time.Tick(0) == nil)
	select {
	case <-time.After(time.Hour):
	case <-time.After(time.Millisecond):
		fmt.Println("the earlier one")
	}
	deadline := time.Now().Add(time.Minute)
	fmt.Println(time.Until(deadline) > 50*time.Second, deadline.After(start), deadline.Sub(start) > time.Minute)
	defer func() { fmt.Println(recover()) }()
	time.NewTicker(0)
}

// expect: slept true
// expect: 0 0
// expect: fired true false false true false
// expect: unread true
// expect: func ran false true
// expect: func ran
// expect: true false
// expect: tick 0
// expect: tick 1
// expect: tick 2
// expect: quiet
// expect: true
// expect: the earlier one
// expect: true true true
// expect: non-positive interval for NewTicker
