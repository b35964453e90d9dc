package main

import "fmt"

func main() {
	for i, r := range "aé世\xff!" {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println()
	s := []int{1, 2, 3}
	for i, v := range s {
		s = append(s, v*10)
		s[i] = -v
	}
	fmt.Println(s)
	a := [3]int{1, 2, 3}
	for i, v := range a {
		a[2] = 100
		fmt.Print(i, v, " ")
	}
	for i, v := range &a {
		a[2] = 7
		fmt.Print(i, v, " ")
	}
	for i := range a {
		fmt.Print(i)
	}
	fmt.Println()
	m := map[string]int{"x": 1, "y": 2, "z": 3}
	sum := 0
	for k, v := range m {
		sum += v * len(k)
		delete(m, k)
	}
	fmt.Println(sum, len(m))
	ch := make(chan string, 3)
	ch <- "p"
	ch <- "q"
	close(ch)
	for v := range ch {
		fmt.Print(v)
	}
	fmt.Println()
	var u8 uint8
	for u8 = range uint8(3) {
		fmt.Print(u8, " ")
	}
	for range 2 {
		fmt.Print("tick ")
	}
	n := 4
	for i := range n {
		n = 2
		fmt.Print(i)
	}
	fmt.Println()
outer:
	for i := 0; ; i++ {
		for j := 0; j < 5; j++ {
			switch {
			case j == 3:
				continue outer
			case i == 2:
				break outer
			case j == 1:
				break
			default:
				fmt.Print(i, j, " ")
			}
		}
	}
	fmt.Println()
	i := 0
again:
	if i < 3 {
		fmt.Print("goto", i, " ")
		i++
		goto again
	}
	fmt.Println()
	var idx int
	var val string
	for idx, val = range []string{"a", "b", "c"} {
		if val == "b" {
			break
		}
	}
	fmt.Println(idx, val)
	var arr [4]int
	for arr[2] = range 3 {
	}
	fmt.Println(arr)
	big := [100]int{50: 5, 99: 9}
	t := 0
	for i, v := range big {
		t += i * v
	}
	fmt.Println(t, len(big))
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, j, " ")
	}
	fmt.Println()
	var np *[5]int
	for i := range np {
		fmt.Print(i)
	}
	fmt.Println(len(np))
	x := 0
	for x < 3 {
		x++
		if x == 2 {
			continue
		}
		fmt.Print(x)
	}
	fmt.Println()
	var none []int
	for range none {
		fmt.Println("never")
	}
	var nm map[int]int
	for range nm {
		fmt.Println("never")
	}
}

// expect: 0:a 1:é 3:世 6:� 7:! 
// expect: [-1 -2 -3 10 20 30]
// expect: 0 1 1 2 2 3 0 1 1 2 2 7 012
// expect: 6 0
// expect: pq
// expect: 0 1 2 tick tick 0123
// expect: 0 0 0 2 1 0 1 2 
// expect: goto0 goto1 goto2 
// expect: 1 b
// expect: [0 0 2 0]
// expect: 1141 100
// expect: 0 10 1 8 2 6 3 4 
// expect: 012345
// expect: 13
