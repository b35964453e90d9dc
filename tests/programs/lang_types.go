package main

import (
	"errors"
	"fmt"
)

type shape interface {
	Area() float64
	Name() string
}

type base struct{ name string }

func (b base) Name() string     { return "<" + b.name + ">" }
func (b *base) Rename(s string) { b.name = s }

type square struct {
	base
	side float64
}

func (s square) Area() float64 { return s.side * s.side }

type circle struct {
	*base
	r float64
}

func (c *circle) Area() float64 { return 3 * c.r * c.r }

type named int

func (n named) Area() float64 { return float64(n) }
func (n named) Name() string  { return "named" }

type empty struct{}

func (empty) Area() float64 { return 0 }
func (empty) Name() string  { return "empty" }

type wrap struct{ shape }

func describe(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("int %v", x)
	case string:
		return "string " + x
	case []int:
		return fmt.Sprint("slice ", len(x))
	case error:
		return "error " + x.Error()
	case shape:
		return fmt.Sprint("shape ", x.Area())
	case func() int:
		return fmt.Sprint("func ", x())
	case struct{ A, B int }:
		return fmt.Sprint("struct ", x.A+x.B)
	case *int:
		*x++
		return fmt.Sprint("ptr ", *x)
	default:
		return fmt.Sprintf("other %T", x)
	}
}

type list[T any] struct {
	head *node[T]
	n    int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *list[T]) push(v T) { l.head = &node[T]{v, l.head}; l.n++ }
func (l *list[T]) each(f func(T)) {
	for n := l.head; n != nil; n = n.next {
		f(n.v)
	}
}

type number interface{ ~int | ~float64 }

func sum[T number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func mapf[A, B any](xs []A, f func(A) B) []B {
	out := make([]B, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func main() {
	sq := square{base{"sq"}, 3}
	ci := &circle{&base{"ci"}, 2}
	sq.Rename("renamed")
	ci.Rename("round")
	shapes := []shape{sq, ci, named(7), empty{}, wrap{sq}, &sq}
	for _, s := range shapes {
		fmt.Print(s.Name(), s.Area(), " ")
	}
	fmt.Println()
	n := 41
	for _, v := range []any{nil, 1, int64(2), "s", []int{1}, errors.New("e"), sq, func() int { return 5 }, struct{ A, B int }{1, 2}, &n, 2.5, empty{}, map[string]int{}} {
		fmt.Print(describe(v), "; ")
	}
	fmt.Println()
	var s shape = sq
	if q, ok := s.(square); ok {
		fmt.Println(q.side, q.Name(), q.base.name)
	}
	_, ok := s.(*circle)
	_, isNamer := s.(interface{ Name() string })
	fmt.Println(ok, isNamer, s == shape(sq), s != nil)
	var l list[string]
	l.push("a")
	l.push("b")
	l.each(func(s string) { fmt.Print(s, " ") })
	fmt.Println(l.n, sum(1, 2, 3), sum(1.5, 2), sum[named](), mapf([]int{1, 2}, func(i int) string { return fmt.Sprint(i * i) }))
	var e1, e2 any = [2]int{1, 2}, [2]int{1, 2}
	var e3 any = struct {
		s string
		f float64
	}{"x", 1}
	fmt.Println(e1 == e2, e1 == e3, e3 == e3, any(1) == any(1.0))
	m := map[any]string{1: "int", "1": "string", 1.0: "float", [1]int{1}: "array"}
	fmt.Println(m[1], m["1"], m[1.0], m[[1]int{1}], len(m))
	type pt struct{ x, y int8 }
	pm := map[pt]int{{1, 2}: 3}
	pm[pt{1, 2}]++
	fmt.Println(pm[pt{1, 2}], pm[pt{2, 1}], pm)
	v, found := pm[pt{9, 9}]
	fmt.Println(v, found)
	fmt.Printf("%T %T %T %v %+v\n", sq, ci, l, sq, sq)
	var np *square
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(np.side)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var a any = "str"
		fmt.Println(a.(int))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var a any
		fmt.Println(a.(shape))
	}()
}

// expect: <renamed>9 <round>12 named7 empty0 <renamed>9 <renamed>9 
// expect: nil; int 1; int 2; string s; slice 1; error e; shape 9; func 5; struct 3; ptr 42; other float64; shape 0; other map[string]int; 
// expect: 3 <renamed> renamed
// expect: false true true true
// expect: b a 2 6 3.5 0 [1 4]
// expect: true false true false
// expect: int string float array 4
// expect: 4 0 map[{1 2}:4]
// expect: 0 false
// expect: main.square *main.circle main.list[string] {{renamed} 3} {base:{name:renamed} side:3}
// expect: runtime error: invalid memory address or nil pointer dereference
// expect: interface conversion: interface {} is string, not int
// expect: interface conversion: interface is nil, not main.shape
