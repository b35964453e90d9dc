package main

import "fmt"

var g = 1

func f() int { g++; return g }

type T struct{ a, b int }

func two(a, b int) string  { return fmt.Sprint(a, b) }
func (t T) m(x int) string { return fmt.Sprint(t.a, x) }

func main() {
	fmt.Println(g, f())
	fmt.Println(two(g, f()))
	fmt.Println(g + f())
	fmt.Println(g*2 + f())
	x := 1
	h := func() int { x++; return x }
	fmt.Println(x, h())
	fmt.Println(two(x, h()))
	fmt.Println(x + h())
	a := []int{x, h()}
	fmt.Println(a)
	b := [2]int{x, h()}
	fmt.Println(b)
	t := T{x, h()}
	fmt.Println(t)
	y, z := x, h()
	fmt.Println(y, z)
	m := map[int]int{x: h()}
	fmt.Println(m)
	p := &x
	fmt.Println(*p, h())
	fmt.Println(*p + h())
	s := []int{1, 2}
	k := func() int { s[0]++; return s[0] }
	fmt.Println(s[0], k())
	fmt.Println(s[0] + k())
	tt := T{1, 2}
	n := func() int { tt.a++; return tt.a }
	fmt.Println(tt.a, n())
	fmt.Println(tt.m(n()))
	fmt.Println(tt, n())
	r := func() (int, int) { return x, h() }
	fmt.Println(r())
	str := "a"
	app := func() string { str += "b"; return str }
	fmt.Println(str, app())
	fmt.Println(str + app())
	fmt.Println(str+"x", app())
	fmt.Println(len(str), app())
	fmt.Println(x > 0 && x == h(), x)
	var c chan int = make(chan int, 5)
	c <- x + h()
	fmt.Println(<-c)
	i := 0
	idx := func() int { i++; return i }
	arr := [5]int{}
	arr[i] = idx()
	fmt.Println(arr)
	i, arr[i] = idx(), 9
	fmt.Println(arr, i)
	sl := []int{1, 2, 3}
	grow := func() int { sl = append(sl, 4); return len(sl) }
	fmt.Println(len(sl), grow(), len(sl))
	mm := map[string]int{"a": 1}
	q := func() int { mm["a"]++; return mm["a"] }
	fmt.Println(mm["a"], q(), mm["a"])
	fmt.Println(mm["a"] + q())
	x += h()
	fmt.Println(x)
	x = x + h()
	fmt.Println(x)
	x = h() + x
	fmt.Println(x)
	s[0] += k()
	fmt.Println(s)
	var e any = x
	fmt.Println(e, h(), x)
	_ = e
	defer fmt.Println(x, h())
	go two(x, h())
	switch x {
	case h():
		fmt.Println("eq")
	default:
		fmt.Println("ne")
	}
	fmt.Printf("%d %d\n", x, h())
	fmt.Println(-x, h())
	fmt.Println(float64(x), h())
	fmt.Println(x == h())
	fmt.Println(tt.a == n())
}
