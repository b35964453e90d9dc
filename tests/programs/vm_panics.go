// Panics, recover and Goexit in the combinations that cross frames.
package main

import (
	"errors"
	"fmt"
	"runtime"
)

func catch(name string, f func()) {
	defer func() {
		r := recover()
		_, is := r.(runtime.Error)
		fmt.Println(name, r, is)
	}()
	f()
}

func helper() any { return recover() }

type wrapper struct{ f func() }

func (w wrapper) call() { w.f() }

func result() (n int) {
	defer func() {
		recover()
		n *= 2
	}()
	n = 21
	panic("x")
}

func main() {
	catch("plain", func() { panic("a") })
	catch("error", func() { panic(errors.New("e")) })
	catch("index", func() { var s []int; _ = s[len(s)] })
	catch("nil func in defer", func() { var f func(); defer f() })
	catch("replaced", func() { defer func() { panic("b") }(); panic("a") })
	catch("not by a helper", func() {
		defer func() { helper() }()
		panic("a")
	})
	catch("by a method value", func() {
		defer wrapper{func() {}}.call()
		defer func() { recover() }()
		panic("a")
	})
	catch("inner", func() {
		defer func() {
			catch("nested", func() { panic("c") })
		}()
		panic("a")
	})
	fmt.Println(result())
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("goexit", recover()) }()
		func() {
			defer func() { recover() }() // of the panic below; the Goexit goes on
			defer func() { panic("during") }()
			runtime.Goexit()
		}()
		fmt.Println("not reached")
	}()
	<-done
}

// expect: plain a false
// expect: error e false
// expect: index runtime error: index out of range [0] with length 0 true
// expect: nil func in defer runtime error: invalid memory address or nil pointer dereference true
// expect: replaced b false
// expect: not by a helper a false
// expect: by a method value <nil> false
// expect: nested c false
// expect: inner a false
// expect: 42
// expect: goexit <nil>
