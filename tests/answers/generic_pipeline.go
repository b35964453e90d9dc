package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type Number interface {
	~int | ~int64 | ~float64
}

func Map[T, U any](in []T, f func(T) U) []U {
	out := make([]U, 0, len(in))
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}

func Filter[T any](in []T, keep func(T) bool) (out []T) {
	for _, v := range in {
		if keep(v) {
			out = append(out, v)
		}
	}
	return
}

func Reduce[T, A any](in []T, init A, f func(A, T) A) A {
	acc := init
	for _, v := range in {
		acc = f(acc, v)
	}
	return acc
}

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.Key, p.Val) }

func Pairs[M ~map[K]V, K cmp.Ordered, V any](m M) []Pair[K, V] {
	var out []Pair[K, V]
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, Pair[K, V]{k, m[k]})
	}
	return out
}

type Celsius float64

func gen[T any](xs ...T) <-chan T {
	ch := make(chan T)
	go func() {
		defer close(ch)
		for _, x := range xs {
			ch <- x
		}
	}()
	return ch
}

func stage[T, U any](in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }
func (s *Stack[T]) Pop() (T, bool) {
	var zero T
	if len(s.items) == 0 {
		return zero, false
	}
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

type List[T any] struct {
	head *node[T]
	n    int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Add(v T) { l.head = &node[T]{v, l.head}; l.n++ }
func (l *List[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next {
			if !yield(i, n.v) {
				return
			}
			i++
		}
	}
}

func main() {
	xs := []int{1, 2, 3, 4, 5, 6}
	fmt.Println(Map(Filter(xs, func(i int) bool { return i%2 == 0 }), func(i int) string { return strings.Repeat("*", i) }))
	fmt.Println(Reduce(xs, "", func(a string, i int) string { return a + fmt.Sprint(i) }))
	fmt.Println(Sum(1.5, 2.5), Sum[Celsius](1, 2), Sum[int]())
	fmt.Println(Pairs(map[string]int{"b": 2, "a": 1}))
	fmt.Printf("%v %+v %#v %T\n", Pair[string, int]{"x", 1}, Pair[string, int]{"x", 1}, Pair[string, int]{"x", 1}, Pair[string, []int]{})
	for s := range stage(stage(gen(1, 2, 3), func(i int) float64 { return float64(i) / 2 }), func(f float64) string { return fmt.Sprintf("%.2f", f) }) {
		fmt.Print(s, " ")
	}
	fmt.Println()
	var st Stack[rune]
	for _, r := range "héllo" {
		st.Push(r)
	}
	for {
		r, ok := st.Pop()
		if !ok {
			break
		}
		fmt.Printf("%c", r)
	}
	fmt.Println()
	var l List[Pair[int, bool]]
	l.Add(Pair[int, bool]{1, true})
	l.Add(Pair[int, bool]{2, false})
	for i, p := range l.All() {
		fmt.Println(i, p)
		if i == 1 {
			break
		}
	}
	fmt.Printf("%T %T\n", l, &st)
}
