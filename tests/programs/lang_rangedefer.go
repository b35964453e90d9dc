package main

import "fmt"

func seq(yield func(int) bool) {
	defer fmt.Println("iterator done")
	for i := range 3 {
		if !yield(i) {
			return
		}
	}
}

func f() (s string) {
	defer fmt.Println("first")
	for i := range seq {
		for j := range seq {
			if j == 2 {
				break
			}
			defer func() { s += fmt.Sprint(i, j, " ") }()
		}
		if i == 1 {
			return "done "
		}
	}
	return "end"
}

func g() (err error) {
	for i := range seq {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("got %v at %d", r, i)
			}
		}()
		if i == 1 {
			panic("p")
		}
	}
	return nil
}

func main() {
	fmt.Println(f())
	fmt.Println(g())
}

// expect: iterator done
// expect: iterator done
// expect: iterator done
// expect: first
// expect: done 1 1 1 0 0 1 0 0 
// expect: iterator done
// expect: got p at 1
