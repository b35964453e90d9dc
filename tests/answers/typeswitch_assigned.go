package main

import "fmt"

func guard(f func()) { f() }

func main() {
	switch t := any("x").(type) {
	case bool:
		guard(func() { t = !t })
		fmt.Println(t)
	case string:
		guard(func() { t = t + "y" })
		fmt.Println(t)
		p := &t
		*p = "z"
		fmt.Println(t)
	}
	switch t := any(5).(type) {
	case int, string:
		t = 6
		fmt.Println(t)
		guard(func() { t = 7 })
		fmt.Println(t)
	default:
		t = nil
	}
}
