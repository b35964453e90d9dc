package main

import "fmt"

// Which of two operands panics first, and what counts when one changes the other: as Go's compiler orders them.

type pair struct {
	n    int
	next *pair
}

var (
	zero  int
	empty []int
	str   string
	none  *pair
	word  any = "word"
	two       = []int{1, 2}
)

func id[T any](x T) T { return x }

func loud(what string, n int) int {
	fmt.Println("called", what)
	return n
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func twice() (res float32) {
	res, res = id(float32(1e10)), res
	return
}

func main() {
	fmt.Println(twice())
	a, b := 1, 2
	a, a = b, a
	fmt.Println(a, b)
	try("slice before call", func() { fmt.Println(str[:id(2)] != fmt.Sprint(loud("sprint", 1))) })
	try("call before index", func() { fmt.Println(empty[id(3)] + loud("sum", 1)) })
	try("index before field", func() { empty[id(2)] += none.n })
	try("call before operand", func() { two[id(7)] += loud("op", 1) })
	try("slice before index", func() { fmt.Println(empty[5], str[1:]) })
	try("bound before slice", func() { fmt.Println(none.next.n, str[1/zero:]) })
	try("index before division", func() { fmt.Println(empty[5] + 1/zero) })
	try("assertion before index", func() { fmt.Println(empty[5] + word.(int)) })
	try("index before assertion", func() { _ = empty[5] == word.(*pair).n })
	try("map one by one", func() { _ = map[int]int{loud("key", 1): empty[1], loud("never", 2): 3} })
	try("and before index", func() { fmt.Println(two[id(9)], id(true) && 1/zero > 0) })
	try("bytes before index", func() { fmt.Println(two[id(9)], []byte(str[3:])) })
	try("literal before division", func() { _ = pair{n: 1 / zero} == pair{n: empty[1]} })
	bytes := []byte(nil)
	try("boxed byte before division", func() { fmt.Println((bytes[id(0)] | id(byte(1))), min(zero, 1/zero)) })
	try("converted byte before call", func() { fmt.Println(word, any(byte(3)/byte(zero)), loud("never", 1)) })
	s := "a"
	add := func() string { s += "b"; return s }
	s += add()
	fmt.Println(s)
	try("shift", func() { fmt.Println(two[id(9)] + 1<<id(-1)) })
}
