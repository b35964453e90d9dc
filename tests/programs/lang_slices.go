package main

import "fmt"

type pt struct {
	x int
	s string
}

func main() {
	s := make([]int, 2, 4)
	t := append(s, 5)
	u := append(s, 6)
	fmt.Println(s, t, u, len(t), cap(t))
	t = append(t, 1, 2, 3)
	fmt.Println(len(t), t, u)
	w := t[1:3:4]
	w[0] = 42
	fmt.Println(w, len(w), cap(w), t)
	var n []int
	fmt.Println(n == nil, len(n), append(n, n...) == nil, []int{} == nil)
	copy(t, t[2:])
	fmt.Println(t, copy(t[:1], []int{7, 8}), t[0])
	bs := []byte("hello")
	bs = append(bs, " world"...)
	copy(bs, "J")
	bs[1]++
	fmt.Println(string(bs), bs[2:4])
	i8s := []int8{-1, 127, -128}
	i8s[1]++
	p := &i8s[0]
	*p -= 127
	fmt.Println(i8s, *p)
	f32 := []float32{0.1, 0.2}
	f32[0] += f32[1]
	fmt.Println(f32)
	bools := make([]bool, 3)
	bools[1] = !bools[1]
	bp := &bools[2]
	*bp = true
	fmt.Println(bools)
	ps := []pt{{1, "a"}, {2, "b"}}
	ps = append(ps, pt{3, "c"})
	q := &ps[0]
	q.s = "changed"
	ps[1], ps[2] = ps[2], ps[1]
	fmt.Println(ps, *q)
	m := [][]string{{"a"}, nil, {"b", "c"}}
	m[1] = append(m[1], "new")
	m[2][1] += "!"
	fmt.Println(m, len(m[1]))
	arr := [5]int{1, 2, 3, 4, 5}
	sl := arr[1:4]
	sl[0] = 20
	sl = append(sl, 50)
	fmt.Println(arr, sl)
	ap := &arr
	ap[0] = 11
	fmt.Println(ap[1:2], len(ap), arr[0])
	a4 := [4]int(sl)
	a4[0] = 0
	pa := (*[2]int)(sl)
	pa[1] = 33
	fmt.Println(a4, *pa, sl)
	sparse := []string{3: "three", 1: "one", "two"}
	fmt.Printf("%q %d\n", sparse, len(sparse))
	clear(sparse)
	fmt.Printf("%q\n", sparse)
	var narrow struct {
		b [5]byte
		u [3]uint16
	}
	narrow.b[4] = 255
	narrow.b[4]++
	narrow.b[3] = 9
	narrow.u[2] = 65535
	x := narrow
	x.b[0] = 1
	bb := narrow.b[1:]
	bb[0] = 4
	fmt.Println(narrow, x, bb, narrow.b == x.b)
	pp := []*pt{{5, "p"}, {6, "q"}}
	for _, e := range pp {
		e.x *= 2
	}
	fmt.Println(pp[0].x, pp[1].x, *pp[1])
	var e []struct{}
	e = append(e, struct{}{}, struct{}{})
	fmt.Println(len(e), e)
	str := "héllo"
	fmt.Println(str[1:], str[:2] == "h\xc3", len(str[3:3]), []byte(str)[1])
	func() {
		defer func() { fmt.Println(recover()) }()
		i := 9
		fmt.Println(arr[i%len(arr)], s[i])
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		i := 1
		fmt.Println(s[2:i])
	}()
	big := make([]pt, 3)
	big[2].x, big[1].s = 8, "mid"
	fmt.Println(big, new(pt).x, *new(int))
}

// expect: [0 0] [0 0 6] [0 0 6] 3 4
// expect: 6 [0 0 6 1 2 3] [0 0 6]
// expect: [42 6] 2 3 [0 42 6 1 2 3]
// expect: true 0 true false
// expect: [7 1 2 3 2 3] 1 7
// expect: Jfllo world [108 108]
// expect: [-128 -128 -128] -128
// expect: [0.3 0.2]
// expect: [false true true]
// expect: [{1 changed} {3 c} {2 b}] {1 changed}
// expect: [[a] [new] [b c!]] 1
// expect: [1 20 3 4 50] [20 3 4 50]
// expect: [20] 5 11
// expect: [0 3 4 50] [20 33] [20 33 4 50]
// expect: ["" "one" "two" "three"] 4
// expect: ["" "" "" ""]
// expect: {[0 4 0 9 0] [0 0 65535]} {[1 0 0 9 0] [0 0 65535]} [4 0 9 0] false
// expect: 10 12 {12 q}
// expect: 2 [{} {}]
// expect: éllo true 0 195
// expect: runtime error: index out of range [9] with length 2
// expect: runtime error: slice bounds out of range [2:1]
// expect: [{0 } {0 mid} {8 }] 0 0
