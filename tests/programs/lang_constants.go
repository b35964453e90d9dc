// Constants as operands: division by powers of two, and constants that loops keep in registers.
package main

import "fmt"

func divide(x, y int) (int, int) { return x / y, x % y }

var numbers = []int{0, 1, -1, 7, -7, 8, -8, 63, -64, 1<<62 + 5, -(1 << 62) - 5, 1<<63 - 1, -1 << 63, 1 << 40, 4294967295, 4294967296}

func powers() bool {
	for _, x := range numbers {
		for _, c := range [][3]int{
			{2, x / 2, x % 2}, {8, x / 8, x % 8}, {65536, x / 65536, x % 65536}, {1 << 31, x / (1 << 31), x % (1 << 31)},
			{1 << 62, x / (1 << 62), x % (1 << 62)}, {50000, x / 50000, x % 50000}, {-3, x / -3, x % -3},
		} {
			if q, r := divide(x, c[0]); q != c[1] || r != c[2] {
				fmt.Println(x, c, q, r)
				return false
			}
		}
		y, u := int8(x), uint16(x)
		if y/4*4+y%4 != y || u/1024*1024+u%1024 != u || uint(x)/16 != uint(x)>>4 || uint(x)%16 != uint(x)&15 {
			return false
		}
	}
	return true
}

// A loop's constants in the closures, deferred calls and labels that it holds.
func loops() (sum float64, n int) {
	var later []func() float64
outer:
	for i := 0; i < 4; i++ {
		f := float32(i) * 1.5
		switch {
		case float64(f) > 4.25:
			break outer
		case i*70000 == 140000:
			n += 70000
			continue outer
		}
		later = append(later, func() float64 { return float64(i) * 2.25 })
		for j := range 3 {
			if j == 2 {
				goto next
			}
			n += 100000 * j
			sum += 0.5
		}
	next:
		defer func() { sum += 1000.25 }()
	}
	for _, f := range later {
		sum += f() * 2.25
	}
	return sum, n
}

func main() {
	fmt.Println(powers())
	fmt.Println(loops())
	total := uint32(0)
	for i := uint32(0); i < 10; i++ {
		total = total*1664525 + 1013904223
	}
	fmt.Println(total)
}

// expect: true
// expect: 2007.5625 270000
// expect: 2498801434
