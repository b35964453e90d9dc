package main

import (
	"fmt"
	"runtime"
	"strings"
)

func where() string {
	pcs := make([]uintptr, 10)
	n := runtime.Callers(1, pcs)
	frames := runtime.CallersFrames(pcs[:n])
	var names []string
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") {
			names = append(names, fmt.Sprint(f.Function, ":", f.Line))
		}
		if !more {
			break
		}
	}
	return strings.Join(names, " ")
}

func main() {
	fmt.Println(where())
	func() { fmt.Println(where()) }()
	var before, after runtime.MemStats
	x := make([][]byte, 100)
	for i := range x {
		x[i] = make([]byte, 10000)
	}
	runtime.ReadMemStats(&before)
	x = nil
	runtime.GC()
	runtime.ReadMemStats(&after)
	fmt.Println(before.Alloc > 1000000, after.Alloc < before.Alloc, after.NumGC > before.NumGC)
	buf := make([]byte, 1000)
	text := string(buf[:runtime.Stack(buf, false)])
	fmt.Println(strings.Contains(text, "goroutine 1 [running]:\nmain.main()"), len(text) < 400)
	go func() { select {} }()
	for !strings.Contains(text, "[select (no cases)]") {
		runtime.Gosched()
		text = string(buf[:runtime.Stack(buf, true)])
	}
	fmt.Println(strings.Contains(text, "goroutine 1 [running]:"))
	pc, _, line, _ := runtime.Caller(0)
	fmt.Println(runtime.FuncForPC(pc).Name(), line)
}

// expect: main.where:11 main.main:27
// expect: main.where:11 main.main.func1:28 main.main:28
// expect: true true true
// expect: true true
// expect: true
// expect: main.main 48
