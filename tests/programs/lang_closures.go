package main

import "fmt"

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func adders() []func(int) int {
	var out []func(int) int
	for i := 0; i < 3; i++ {
		out = append(out, func(x int) int { return x + i })
	}
	for i := range 3 {
		out = append(out, func(x int) int { i *= 10; return x + i })
	}
	for _, s := range []string{"a", "bb"} {
		out = append(out, func(x int) int { return x + len(s) })
	}
	return out
}

func loopVarChanged() {
	var fs []func()
	for i := 0; i < 6; i++ {
		fs = append(fs, func() { fmt.Print(i, " ") })
		i++
	}
	for _, f := range fs {
		f()
	}
	fmt.Println()
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func apply(f func(int, int) int, xs ...int) int {
	r := 0
	for _, x := range xs {
		r = f(r, x)
	}
	return r
}

type T struct{ v int }

func (t T) Get() int      { return t.v }
func (t *T) Set(v int)    { t.v = v }
func (t *T) Chain() *T    { t.v++; return t }
func (t T) Add(n int) int { return t.v + n }

func nested(n int) func() func() int {
	m := n * 2
	return func() func() int {
		k := m + 1
		return func() int { k += n; m++; return k*1000 + m }
	}
}

func main() {
	next, reset := counter()
	next()
	fmt.Println(next())
	reset()
	fmt.Println(next())
	for _, f := range adders() {
		fmt.Print(f(1), " ", f(1), " ")
	}
	fmt.Println()
	loopVarChanged()
	f := fib()
	for range 8 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	fmt.Println(apply(func(a, b int) int { return a*10 + b }, 1, 2, 3), apply(nil))
	xs := []int{4, 5}
	fmt.Println(apply(func(a, b int) int { return a + b }, xs...))

	t := T{1}
	get, set := t.Get, t.Set
	set(9)
	fmt.Println(get(), t.Get(), t.Chain().Chain().v)
	g := (*T).Set
	g(&t, 40)
	h := T.Add
	fmt.Println(h(t, 2), (*T).Get(&t))
	var i interface{ Add(int) int } = t
	m := i.Add
	fmt.Println(m(5), i.Add(6))
	e := interface{ Add(int) int }.Add
	fmt.Println(e(i, 7))
	n := nested(3)()
	fmt.Println(n(), n())
	var rec func(int) int
	rec = func(n int) int {
		if n == 0 {
			return 0
		}
		return n + rec(n-1)
	}
	fmt.Println(rec(10))
	func(a, b int) { fmt.Println(a, b) }(pairOf())
}

func pairOf() (int, int) { return 8, 9 }

// expect: 2
// expect: 101
// expect: 1 1 2 2 3 3 1 1 11 101 21 201 2 2 3 3 
// expect: 1 3 5 
// expect: 0 1 1 2 3 5 8 13 
// expect: 123 0
// expect: 9
// expect: 1 9 11
// expect: 42 40
// expect: 45 46
// expect: 47
// expect: 10007 13008
// expect: 55
// expect: 8 9
