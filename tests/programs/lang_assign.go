package main

import "fmt"

type point struct{ x, y int }

var trace []string

func note(s string, v int) int {
	trace = append(trace, s)
	return v
}

func pair() (int, string) { return 7, "seven" }

func swap(a, b *int) { *a, *b = *b, *a }

func main() {
	i, s := 0, []int{10, 20, 30}
	i, s[i] = 2, 99
	fmt.Println(i, s)
	i, s[i], s[0] = s[0], i, s[i]
	fmt.Println(i, s)

	a, b := 1, 2
	a, b = b, a
	a, b = a+b, a-b
	fmt.Println(a, b)
	swap(&a, &b)
	fmt.Println(a, b)

	p := point{1, 2}
	p.x, p.y = p.y, p.x
	q := p
	q.x = 50
	p = point{p.y, p.x * 10}
	fmt.Println(p, q)

	arr := [3]int{1, 2, 3}
	brr := arr
	brr[1] = 77
	arr[0], arr[2] = arr[2], arr[0]
	fmt.Println(arr, brr, arr == [3]int{3, 2, 1}, arr != brr)

	m := map[string]int{"a": 1}
	m["a"], m["b"] = m["b"]+5, m["a"]+6
	m["c"] += 4
	m["c"]++
	fmt.Println(m["a"], m["b"], m["c"], len(m))

	n, t := pair()
	n, u := pair()
	_, v := pair()
	fmt.Println(n, t, u, v)

	var any1 any
	var err error
	any1, err = pairAny()
	fmt.Println(any1, err)

	xs := []point{{1, 2}, {3, 4}}
	xs[1].x += 5
	xs[0].y, xs[1].y = xs[1].y, xs[0].y
	ptr := &xs[1]
	ptr.y *= 3
	fmt.Println(xs, *ptr)

	grid := [2][3]int{{1, 2, 3}, {4, 5, 6}}
	grid[1][2] = 60
	row := grid[1]
	row[0] = 9
	fmt.Println(grid, row, len(grid), len(grid[0]))

	x := 5
	x, y := x+1, x+2
	fmt.Println(x, y)
	{
		x := x * 2
		x++
		fmt.Println(x)
	}
	fmt.Println(x)
	k := 1
	k <<= 3
	k |= 1
	k &^= 8
	k ^= 6
	k %= 5
	fmt.Println(k)
	str := "a"
	str += "b" + str
	str += str
	fmt.Println(str)
	_ = note("one", 1) + note("two", 2)*note("three", 3)
	fmt.Println(trace)
	var e struct{}
	f := e
	_ = f
	var named struct {
		a int8
		b [3]bool
		c float32
	}
	named.a = 127
	named.a++
	named.b[1] = true
	named.c = 0.1
	copy := named
	copy.b[0] = true
	fmt.Println(named, copy, copy == named)
}

func pairAny() (int, *myErr) { return 3, &myErr{"bad"} }

type myErr struct{ s string }

func (e *myErr) Error() string { return "error " + e.s }

// expect: 2 [99 20 30]
// expect: 99 [30 20 2]
// expect: 3 1
// expect: 1 3
// expect: {1 20} {50 1}
// expect: [3 2 1] [1 77 3] true true
// expect: 5 7 5 3
// expect: 7 seven seven seven
// expect: 3 error bad
// expect: [{1 4} {8 6}] {8 6}
// expect: [[1 2 3] [4 5 60]] [9 5 60] 2 3
// expect: 6 7
// expect: 13
// expect: 6
// expect: 2
// expect: abaaba
// expect: [one two three]
// expect: {-128 [false true false] 0.1} {-128 [true true false] 0.1} false
