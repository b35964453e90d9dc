package main

import "fmt"

func kind(n int) string {
	switch {
	case n < 0:
		return "negative"
	case n == 0:
		return "zero"
	}
	switch n {
	case 1, 2, 3:
		return "small"
	case 100000:
		return "exact"
	default:
		return "large"
	}
}

func word(s string) (out string) {
	switch x := s + "!"; x {
	case "go!":
		out = "start"
		fallthrough
	case "run!":
		out += "+run"
	case "stop!":
		out = "stop"
		if len(s) > 2 {
			break
		}
		out = "never"
	default:
		out = "default"
	}
	return
}

func calls(n int) int { fmt.Print("f", n, " "); return n }

type color uint8

const (
	red color = iota
	green
	blue
)

func (c color) String() string {
	switch c {
	case red:
		return "red"
	case green:
		return "green"
	}
	return fmt.Sprintf("color(%d)", uint8(c))
}

func main() {
	for _, n := range []int{-5, 0, 2, 100000, 50} {
		fmt.Print(kind(n), " ")
	}
	fmt.Println()
	for _, s := range []string{"go", "run", "stop", "x"} {
		fmt.Print(word(s), " ")
	}
	fmt.Println()
	switch calls(2) {
	case calls(1), calls(2), calls(3):
		fmt.Println("matched")
	}
	fmt.Println(red, blue, []color{green})
	var v any = 3
	switch v {
	case "3":
		fmt.Println("string")
	case 3:
		fmt.Println("int")
	}
	var e error
	switch e {
	case nil:
		fmt.Println("nil error")
	}
	switch f := 2.5; {
	case f > 2:
		fmt.Println("float")
	}
	switch {
	default:
		fmt.Println("only default")
	}
	switch p := (struct{ a, b int }{1, 2}); p {
	case struct{ a, b int }{1, 2}:
		fmt.Println("struct")
	}
	if x := kind(1); x == "small" && len(x) == 5 {
		fmt.Println("if", x)
	} else if y := x; y != "" {
		fmt.Println(y)
	}
	switch true {
	case v == nil:
	case v != nil, calls(9) == 9:
		fmt.Println("true")
	}
}

// expect: negative zero small exact large 
// expect: start+run +run stop default 
// expect: f2 f1 f2 matched
// expect: red color(2) [green]
// expect: int
// expect: nil error
// expect: float
// expect: only default
// expect: struct
// expect: if small
// expect: true
