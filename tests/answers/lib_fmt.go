package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"time"
)

type S struct {
	A int
	B string
	c []byte
	D *int
	E any
	F float32
	g map[string]int
}
type Str string

func (s Str) String() string { return "S:" + string(s) }

type Err struct{ n int }

func (e *Err) Error() string { return fmt.Sprint("err", e.n) }

type Pan int

func (p Pan) String() string { panic(fmt.Sprintf("pan%d", int(p))) }

type PanE int

func (p PanE) Error() string { panic(errors.New("inner")) }

type GoS int

func (g GoS) GoString() string { return "GoS()" }

type Fm struct{ x int }

func (f Fm) Format(s fmt.State, c rune) {
	w, wok := s.Width()
	p, pok := s.Precision()
	fmt.Fprintf(s, "[%c %d %v %d %v %v%v%v%v%v %s]", c, w, wok, p, pok, s.Flag('+'), s.Flag('-'), s.Flag('#'), s.Flag(' '), s.Flag('0'), fmt.FormatString(s, c))
}

type NilErr string

func (e NilErr) Error() string { return "ne " + string(e) }

type NilStr struct{ n int }

func (n *NilStr) String() string { return fmt.Sprint("ns", n.n) }

type Bs []byte
type I8 int8
type Arr [3]byte
type Fn func()
type Ch chan int
type B bool
type Inner struct{ Str }
type emb struct {
	error
	x int
}
type rec struct {
	v    int
	next *rec
}

// run is the longest run of digits.
func run(s string) (longest int) {
	n := 0
	for _, c := range s {
		if '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' {
			n++
			longest = max(longest, n)
		} else {
			n = 0
		}
	}
	return longest
}

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	var np *int
	var ns *NilStr
	var ne error
	var nf func()
	var nm map[string]int
	var nsl []int
	var nch chan int
	vals := []any{
		nil, true, B(false), 0, 1, -1, 42, -123456789, math.MaxInt64, math.MinInt64, int8(-128), uint8(255), uint64(math.MaxUint64), uintptr(4096), I8(7), 'x', '世', rune(0x10ffff), rune(-1), rune(0x110000), 'a' + 0xD800,
		0.0, 1.0, -1.5, 3.14159265358979, 1e21, 1e20, 1e-7, 123456789.0, math.Inf(1), math.Inf(-1), math.NaN(), math.Copysign(0, -1), float32(0.1), float32(16777216), 5e-324, math.MaxFloat64, 100000.0, 1000000.0, 1e6 + 0.5, 0.00001, 0.0001,
		"", "hello", "héllo 世界", "a\nb\t\"q\"`", "\xff\xfe", "\x00\x7f", "日本語\u200b", Str("st"),
		[]byte(nil), []byte("abc"), []byte{0, 255, 16}, Bs("bs"), Arr{1, 2, 3}, [3]byte{65, 66, 67}, []string{"a", "b c"}, []string(nil), []int{1, 2, 3}, [2]bool{true, false}, []any{1, "x", nil, 2.5}, [][]int{{1}, {2, 3}, nil}, []float64{1, 2.5}, [0]int{},
		map[string]int{"b": 2, "a": 1}, map[int]string{3: "c", -1: "a"}, map[string]any{"k": []int{1}, "n": nil}, map[[2]int]bool{{2, 1}: true, {1, 9}: false}, map[float64]int{math.NaN(): 1, 1: 2, math.Inf(-1): 3}, map[any]int{"s": 1, 2: 2, true: 3, 1.5: 4},
		S{A: 1, B: "x"}, &S{A: 2, c: []byte("hi"), E: Str("e"), g: map[string]int{"z": 1}}, struct{}{}, struct{ X, Y int }{1, 2}, &struct{ P *int }{}, []S{{}}, Inner{"in"}, &Inner{"pin"}, emb{NilErr("embedded"), 1}, rec{1, nil}, []rec{{2, nil}},
		&Err{3}, errors.New("plain"), fmt.Errorf("wrap %w", &Err{4}), Pan(1), PanE(2), GoS(1), Fm{1}, &Fm{2}, []Fm{{3}}, []GoS{1}, np, ns, ne, nf, nm, nsl, nch, Fn(nil), Ch(nil),
		time.Second * 90, time.Duration(1500), time.March, time.Date(2020, 2, 29, 13, 4, 5, 678, time.UTC), &[]int{1}, &map[string]int{"a": 1}, &[2]string{"p", "q"}, []*int{nil}, struct {
			a any
			b error
			c fmt.Stringer
			d []any
		}{1, NilErr("x"), Str("y"), []any{Str("z"), NilErr("e")}},
		[]Str{"a", "b"}, map[Str]Str{"k": "v"}, [2]Str{"x"}, struct{ S Str }{"f"}, struct{ s Str }{"u"}, []time.Duration{1, 1000}, []bool{true}, []uint8{1, 2}, []int8{1, -2}, []rune("hé"), []uintptr{1},
	}
	verbs := "vdsqxXobOcUtTpeEfFgGwz!%"
	flags := []string{"", "+", "-", "#", " ", "0", "5", "-8", "08", "+8.3", ".2", ".0", "#+", "-08", " .3", "20", "+-12", "#10.4", "0.1", "# ", "+q"[:1], "#08", "% x"[1:2], ".", "3.", "-#20", "+#", "007.2", "- +#012.5"}
	for vi, v := range vals {
		for _, f := range flags {
			for _, c := range verbs {
				if c == 'p' && v != nil { // addresses
					switch v.(type) {
					case *S, *Err, *Fm, *Inner, *[]int, *map[string]int, *[2]string, *struct{ P *int }, []byte, Bs, []string, []int, []any, [][]int, []float64, []error, map[string]int, map[int]string, map[string]any, map[[2]int]bool, map[float64]int, map[any]int, []S, []rec, []Fm, []GoS, error, []Str, map[Str]Str, []time.Duration, []bool, []int8, []rune, []uintptr, []*int:
						continue
					}
				}
				fm := "%" + f + string(c)
				r := fmt.Sprintf(fm, v)
				if run(r) >= 10 && strings.Contains(fmt.Sprintf("%T %#v", v, v), "0x") {
					continue // an address
				}
				fmt.Fprintf(w, "%d %s: %q\n", vi, fm, r)
			}
		}
	}
	for _, f := range []string{"%", "%d %d", "%!", "%z %d", "%[2]d %[1]d", "%[3]d", "%[2]*[1]d", "%*d", "%.*f", "%[1]", "%[x]d", "%[-1]d", "%[1]d %d %[1]d", "%-+d", "%.[2]*[1]f", "%6.2f%%", "% d", "%+.3e", "%[5]d %d", "%d %[1]s", "%s %s %s", "%%%d", "%é", "%d\xff%", "%.3.4d", "%2147483648d", "%.-3d", "%[2]d", "%[1]*d", "%*.*[2]f", "%!d", "%\x00", "%d extra"} {
		fmt.Fprintf(w, "%s => %q\n", f, fmt.Sprintf(f, 12, 34))
		fmt.Fprintf(w, "%s => %q\n", f, fmt.Sprintf(f))
		fmt.Fprintf(w, "%s => %q\n", f, fmt.Sprintf(f, 7, 3.14159, "s", true))
		fmt.Fprintf(w, "%s => %q\n", f, fmt.Sprintf(f, -5, 2, nil))
	}
	for _, v := range vals {
		switch v.(type) {
		case *S, *Err, *struct{ P *int }, []*int, error, Pan, PanE, *Fm, *Inner, *[]int, *map[string]int, *[2]string:
			continue // addresses
		}
		fmt.Fprintln(w, v)
		fmt.Fprint(w, v, v, "a", v, 1, 2, "b\n")
		fmt.Fprintf(w, "%v|%+v|%#v\n", v, v, []any{v})
	}
	fmt.Fprintln(w, fmt.Sprint(), fmt.Sprint("a", "b"), fmt.Sprint(1, 2), fmt.Sprint("a", 1, 2, "b"), fmt.Sprintln("x", 1) == "x 1\n", string(fmt.Append(nil, 1, 2)), string(fmt.Appendf([]byte("p"), "%d", 1)), string(fmt.Appendln(nil, "z")))
}
