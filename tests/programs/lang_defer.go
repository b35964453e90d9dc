package main

import (
	"errors"
	"fmt"
)

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			n *= 2
		}
	}()
	n = 21
	panic("boom")
}

func order() {
	for i := 0; i < 3; i++ {
		defer fmt.Print(i, " ")
	}
	x := 1
	defer fmt.Println("x was", x)
	x = 2
	defer func() { fmt.Println("x is", x) }()
}

func change() (r int) {
	defer func() { r += 100 }()
	return 5
}

func unnamed() int {
	defer func() { recover() }()
	panic(1)
}

func notDirect() (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("outer ", r)
		}
	}()
	defer func() {
		helper()
	}()
	panic("deep")
}

func helper() { fmt.Println("helper sees", recover()) }

type res struct{ name string }

func (r *res) Close()       { fmt.Println("close", r.name) }
func (r res) Done(s string) { fmt.Println("done", r.name, s) }

func methods() {
	r := &res{"a"}
	defer r.Close()
	defer r.Done("x")
	r.name = "b"
	var c interface{ Close() } = r
	defer c.Close()
	r = &res{"c"}
	m := map[int]int{1: 1}
	defer func() { fmt.Println(len(m)) }()
	defer delete(m, 1)
	ch := make(chan int, 1)
	defer func() { _, ok := <-ch; fmt.Println("open", ok) }()
	defer close(ch)
}

func rethrow() (err error) {
	defer func() { err = recover().(error) }()
	defer func() {
		r := recover()
		panic(fmt.Errorf("again: %w", r.(error)))
	}()
	panic(errBase)
}

var errBase = errors.New("base")

func loopDefer() int {
	total := 0
	func() {
		for i := range 4 {
			defer func() { total += i }()
		}
	}()
	return total
}

func multi() (a, b int, c string) {
	defer func() { recover() }()
	a = 1
	b, c = 2, "c"
	var m map[string]int
	m["x"] = 1
	return 7, 8, "never"
}

func main() {
	fmt.Println(named())
	order()
	fmt.Println(change(), unnamed(), notDirect())
	methods()
	err := rethrow()
	fmt.Println(err, errors.Is(err, errBase))
	fmt.Println(loopDefer())
	fmt.Println(multi())
	defer fmt.Println("main's deferred")
	defer func() {
		fmt.Println(recover())
	}()
	var p *res
	fmt.Println(p.name)
}

// expect: 42 recovered: boom
// expect: x is 2
// expect: x was 1
// expect: 2 1 0 helper sees <nil>
// expect: 105 0 outer deep
// expect: open false
// expect: 0
// expect: close b
// expect: done a x
// expect: close b
// expect: again: base true
// expect: 6
// expect: 1 2 c
// expect: runtime error: invalid memory address or nil pointer dereference
// expect: main's deferred
