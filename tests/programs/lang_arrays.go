package main

import "fmt"

type big [1000]int

var g = [300]string{5: "five", "six", 299: "last"}
var bytes = [1000]byte{1, 2, 999: 7}

func get(b big) int { return b[500] + len(b) }

func change(b *big) { b[1]++ }

func main() {
	a := big{500: 5, 999: 9}
	b := a
	change(&b)
	p := &[200]float64{1.5, 100: 2.5}
	fmt.Println(a[1], b[1], get(b), a == b, a == big{500: 5, 999: 9}, p[100], p[0], g[5], g[6], g[299], bytes[999], bytes[1])
	q := *p
	q[0] = 9
	fmt.Println(p[0], q[0], len(q))
	a, b = b, a
	fmt.Println(a[1], b[1])
	m := map[string]big{"x": a}
	fmt.Println(m["x"][1], m["y"][1])
	s := []byte("hello world")
	arr := [5]byte(s[1:])
	ptr := (*[5]byte)(s[3:])
	ptr[0] = 'L'
	*ptr = [5]byte{'1', '2', '3', '4', '5'}
	fmt.Println(string(arr[:]), string(s), *ptr == [5]byte{49, 50, 51, 52, 53}, len(ptr))
	var any1 any = *ptr
	s[3] = 'x'
	fmt.Println(any1, string(ptr[:]))
	ch := make(chan big, 1)
	ch <- a
	fmt.Println((<-ch)[1])
	for i, v := range a {
		if v != 0 {
			fmt.Print(i, v, " ")
		}
	}
	fmt.Println()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = [20]byte(s)
	}()
}

// expect: 0 1 1005 false true 2.5 1.5 five six last 7 2
// expect: 1.5 9 200
// expect: 1 0
// expect: 1 0
// expect: ello  hel12345rld true 5
// expect: [49 50 51 52 53] x2345
// expect: 1
// expect: 1 1 500 5 999 9 
// expect: runtime error: cannot convert slice with length 11 to array or pointer to array with length 20
