package main

import (
	"fmt"
	"math"
	"strings"
)

func counter() (inc func() int, get func() int) {
	n := 0
	inc = func() int { n++; return n }
	get = func() int { return n }
	return
}
func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}
func memo[K comparable, V any](f func(K) V) func(K) V {
	m := map[K]V{}
	return func(k K) V {
		if v, ok := m[k]; ok {
			return v
		}
		v := f(k)
		m[k] = v
		return v
	}
}

type op func(float64, float64) float64

func (o op) apply(a, b float64) float64 { return o(a, b) }

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func main() {
	inc, get := counter()
	inc()
	inc()
	fmt.Println(get())
	f := fib()
	for range 10 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	var funcs []func() int
	for i := 0; i < 3; i++ {
		funcs = append(funcs, func() int { i += 10; return i })
	}
	for _, f := range funcs {
		fmt.Print(f(), f(), ";")
	}
	fmt.Println()
	calls := 0
	var slow func(int) int
	slow = memo(func(n int) int {
		calls++
		if n < 2 {
			return n
		}
		return slow(n-1) + slow(n-2)
	})
	fmt.Println(slow(50), calls)
	ops := map[string]op{"+": func(a, b float64) float64 { return a + b }, "max": math.Max, "hyp": math.Hypot}
	for _, k := range []string{"+", "max", "hyp"} {
		fmt.Println(k, ops[k].apply(3, 4))
	}
	fmt.Println(compose(func(i int) int { return i + 1 }, func(i int) int { return i * i })(4))
	x := 1
	defer fmt.Println("deferred x", x)
	defer func() { fmt.Println("closure x", x) }()
	x = 2
	m := strings.ToUpper
	var b strings.Builder
	ws := b.WriteString
	ws("hey")
	fmt.Println(m(b.String()), (*strings.Builder).Len(&b))
	func() {
		for i := range 3 {
			defer fmt.Print("d", i, " ")
		}
	}()
	fmt.Println()
}
