package main

import (
	"errors"
	"fmt"
	"math"
	"os"
)

type code int
type name string
type pt struct {
	X, Y int
}
type inner struct {
	A  any
	e  error
	s  fmt.Stringer
	st str
}
type str struct{ v string }

func (s str) String() string { return "<" + s.v + ">" }

type perr struct{ n int }

func (e *perr) Error() string { return fmt.Sprint("perr ", e.n) }

type pan int

func (p pan) String() string { panic("oops") }

type npan struct{ x *int }

func (p *npan) String() string { return fmt.Sprint(*p.x) }

type gs struct{ a int }

func (g gs) GoString() string { return "gs!" }

type fm struct{}

func (fm) Format(s fmt.State, v rune) {
	w, ok := s.Width()
	p, ok2 := s.Precision()
	fmt.Fprintf(s, "F[%c %v %v %v %v %v %v %v %v %v]", v, w, ok, p, ok2, s.Flag('+'), s.Flag('-'), s.Flag('#'), s.Flag('0'), s.Flag(' '))
}

type tree struct {
	l, r *tree
	m    map[string]pt
	f    func()
	c    chan int
}
type bs []byte
type bt byte
type bl bool
type u8s []uint8
type f32 float32
type emb struct {
	pt
	*perr
}
type E struct{}

func main() {
	var nilp *pt
	var nilm map[string]int
	var nils []int
	var nile error
	var nilf func()
	vals := []any{nil, 1, -7, 0, int8(-3), uint8(200), uint64(math.MaxUint64), int64(math.MinInt64), 'x', '世', 3.14, -2.5, 0.0, 1e20, 1e21, 1e-7, 123456789.0, float32(0.1), math.Inf(1), math.Inf(-1), math.NaN(),
		"hello", "", "a\"b\t世", "`bq`", true, false, code(7), name("nm"), pt{1, -2}, &pt{3, 4}, nilp, nilm, nils, nile, []int{1, 2, 3}, []string{"a", "b c"}, []any{1, "x", nil, 2.5}, [3]bool{true, false, true},
		map[string]int{"z": 1, "a": 2, "m": 3}, map[int]string{3: "c", -1: "x"}, map[pt]bool{{2, 1}: true, {1, 5}: false}, []byte("bytes"), [4]byte{65, 66, 67, 68}, bs("named"), bt(7), bl(true), u8s{70, 71},
		str{"S"}, &str{"P"}, []str{{"q"}, {"r"}}, inner{A: str{"in"}, s: str{"w"}, st: str{"u"}}, &inner{}, &perr{9}, errors.New("plain"), pan(3), (*npan)(nil), gs{4}, []gs{{1}}, fm{}, []any{fm{}}, tree{}, &tree{m: map[string]pt{"k": {1, 2}}},
		emb{pt{1, 2}, nil}, E{}, []E{{}}, struct {
			a int
			B string
		}{1, "b"}, [][]int{{1}, {2, 3}, nil}, map[float64]string{1: "a", -1: "b"}, f32(1.5), nilf == nil, uintptr(255), []float32{0.1, 2}, [0]int{}, []error{nil}, map[bool]int{true: 1, false: 0}, os.ErrNotExist == nil, []bool(nil), (*int)(nil), [2][]byte{{72}, {73}}, []bt{74, 75}, struct{ p *int }{}, []rune("hé"),
	}
	formats := []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x", "%X", "%o", "%b", "%U", "%#U", "%e", "%f", "%g", "%t",
		"%5d", "%-5d|", "%05d", "%+d", "% d", "%#x", "%#o", "%#q", "%+q", "% x", "%8.3f", "%-8.3f|", "%08.3f", "%+.2e", "%.3g", "%#g",
		"%10s", "%-10s|", "%.2s", "%6v", "%06v", "%.3d", "%x8", "%z", "%!", "%w", "%.10g", "%+.3v", "%+#v", "%08b", "%020q"}
	for _, f := range formats {
		for i, v := range vals {
			fmt.Printf(f, v)
			if i%10 == 9 {
				fmt.Println()
			} else {
				fmt.Print(" ~ ")
			}
		}
		fmt.Println(f)
	}
	fmt.Println()
	fmt.Print("a", 1, 2, "b", "c", 3, 4.5, nil, nil, "\n")
	fmt.Print(1, 2, "\n", true, false, "x", pt{}, pt{}, "\n")
	fmt.Println(vals[:30]...)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%d\n", 1, 2, "x", nil)
	fmt.Printf("%[2]d %[1]d\n", 1, 2)
	fmt.Printf("%[3]d\n", 1, 2)
	fmt.Printf("%[2]*[1]d|\n", 1, 5)
	fmt.Printf("%*d|%-*d|%*d|\n", 5, 1, 5, 2, -5, 3)
	fmt.Printf("%.*f|%.*f|\n", 2, 3.14159, -1, 2.5)
	fmt.Printf("%*d\n", "x", 3)
	fmt.Printf("%.*d\n", "x", 3)
	fmt.Printf("%[x]d %[]d %[1 %d\n", 1, 2)
	fmt.Printf("%[1]d %d %[1]v\n", 1, 2)
	fmt.Printf("%[3]*.[2]*[1]f|\n", 12.0, 2, 6)
	fmt.Printf("%[1]2d %.[1]2d\n", 1)
	fmt.Printf("%-+05d|%+-5d|% +d\n", 1, 2, 3)
	fmt.Printf("100%%|%5%|%-5%|\n")
	fmt.Printf("%")
	fmt.Printf("\n%5")
	fmt.Printf("\n%.")
	fmt.Printf("\n%.3\n")
	fmt.Printf("%*d|\n", 12345678, 3)
	e1 := errors.New("e1")
	e := fmt.Errorf("wrap: %w", e1)
	fmt.Println(e, errors.Is(e, e1), errors.Unwrap(e) == e1)
	e = fmt.Errorf("wrap: %w and %w", e1, &perr{2})
	fmt.Println(e, errors.Is(e, e1))
	var pe *perr
	fmt.Println(errors.As(e, &pe), pe)
	e = fmt.Errorf("bad %w", 3)
	fmt.Println(e, errors.Unwrap(e))
	e = fmt.Errorf("nil %w", nil)
	fmt.Println(e, errors.Unwrap(e))
	fmt.Println(fmt.Errorf("%d %s", 1, "x"), fmt.Errorf("%+w", e1), errors.Join(e1, nil, e))
	fmt.Println(errors.Join(nil) == nil)
	fmt.Printf("%v %s\n", errors.Join(e1, e1), e1)
	fmt.Println(string(fmt.Appendf([]byte("x"), "%d", 3)), string(fmt.Append(nil, 1, 2)), string(fmt.Appendln(nil, "a", 1)))
	fmt.Printf("%s %v %d\n", []string{"a"}, []any{"a", 1}, []any{"a", 1})
	fmt.Printf("%6.2f|%-8v|%8v\n", []float64{1, 2.555}, []int{1, 2}, []string{"a", "b"})
	fmt.Printf("%x %X % x %q\n", []string{"ab", "c"}, "hi", []string{"ab"}, []string{"a\n"})
	fmt.Printf("%v %v\n", struct{ e error }{&perr{1}} != struct{ e error }{}, struct{ E error }{&perr{1}})
	fmt.Printf("%v %+v %s\n", struct{ e any }{str{"h"}}, struct{ e any }{str{"h"}}, struct{ E any }{str{"h"}})
}

// expect: <nil> ~ 1 ~ -7 ~ 0 ~ -3 ~ 200 ~ 18446744073709551615 ~ -9223372036854775808 ~ 120 ~ 19990
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 1.23456789e+08 ~ 0.1 ~ +Inf ~ -Inf
// expect: NaN ~ hello ~  ~ a"b	世 ~ `bq` ~ true ~ false ~ 7 ~ nm ~ {1 -2}
// expect: &{3 4} ~ <nil> ~ map[] ~ [] ~ <nil> ~ [1 2 3] ~ [a b c] ~ [1 x <nil> 2.5] ~ [true false true] ~ map[a:2 m:3 z:1]
// expect: map[-1:x 3:c] ~ map[{1 5}:false {2 1}:true] ~ [98 121 116 101 115] ~ [65 66 67 68] ~ [110 97 109 101 100] ~ 7 ~ true ~ [70 71] ~ <S> ~ <P>
// expect: [<q> <r>] ~ {<in> <nil> {w} {u}} ~ &{<nil> <nil> <nil> {}} ~ perr 9 ~ plain ~ %!v(PANIC=String method: oops) ~ <nil> ~ {4} ~ [{1}] ~ F[v 0 false 0 false false false false false false]
// expect: [F[v 0 false 0 false false false false false false]] ~ {<nil> <nil> map[] <nil> <nil>} ~ &{<nil> <nil> map[k:{1 2}] <nil> <nil>} ~ %!v(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {1 b} ~ [[1] [2 3] []] ~ map[-1:b 1:a] ~ 1.5
// expect: true ~ 255 ~ [0.1 2] ~ [] ~ [<nil>] ~ map[false:0 true:1] ~ false ~ [] ~ <nil> ~ [[72] [73]]
// expect: [74 75] ~ {<nil>} ~ [104 233] ~ %v
// expect: <nil> ~ 1 ~ -7 ~ 0 ~ -3 ~ 200 ~ 18446744073709551615 ~ -9223372036854775808 ~ 120 ~ 19990
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 1.23456789e+08 ~ 0.1 ~ +Inf ~ -Inf
// expect: NaN ~ hello ~  ~ a"b	世 ~ `bq` ~ true ~ false ~ 7 ~ nm ~ {X:1 Y:-2}
// expect: &{X:3 Y:4} ~ <nil> ~ map[] ~ [] ~ <nil> ~ [1 2 3] ~ [a b c] ~ [1 x <nil> 2.5] ~ [true false true] ~ map[a:2 m:3 z:1]
// expect: map[-1:x 3:c] ~ map[{X:1 Y:5}:false {X:2 Y:1}:true] ~ [98 121 116 101 115] ~ [65 66 67 68] ~ [110 97 109 101 100] ~ 7 ~ true ~ [70 71] ~ <S> ~ <P>
// expect: [<q> <r>] ~ {A:<in> e:<nil> s:{v:w} st:{v:u}} ~ &{A:<nil> e:<nil> s:<nil> st:{v:}} ~ perr 9 ~ plain ~ %!v(PANIC=String method: oops) ~ <nil> ~ {a:4} ~ [{a:1}] ~ F[v 0 false 0 false true false false false false]
// expect: [F[v 0 false 0 false true false false false false]] ~ {l:<nil> r:<nil> m:map[] f:<nil> c:<nil>} ~ &{l:<nil> r:<nil> m:map[k:{X:1 Y:2}] f:<nil> c:<nil>} ~ %!v(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {a:1 B:b} ~ [[1] [2 3] []] ~ map[-1:b 1:a] ~ 1.5
// expect: true ~ 255 ~ [0.1 2] ~ [] ~ [<nil>] ~ map[false:0 true:1] ~ false ~ [] ~ <nil> ~ [[72] [73]]
// expect: [74 75] ~ {p:<nil>} ~ [104 233] ~ %+v
// expect: <nil> ~ 1 ~ -7 ~ 0 ~ -3 ~ 0xc8 ~ 0xffffffffffffffff ~ -9223372036854775808 ~ 120 ~ 19990
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 1.23456789e+08 ~ 0.1 ~ +Inf ~ -Inf
// expect: NaN ~ "hello" ~ "" ~ "a\"b\t世" ~ "`bq`" ~ true ~ false ~ 7 ~ "nm" ~ main.pt{X:1, Y:-2}
// expect: &main.pt{X:3, Y:4} ~ (*main.pt)(nil) ~ map[string]int(nil) ~ []int(nil) ~ <nil> ~ []int{1, 2, 3} ~ []string{"a", "b c"} ~ []interface {}{1, "x", interface {}(nil), 2.5} ~ [3]bool{true, false, true} ~ map[string]int{"a":2, "m":3, "z":1}
// expect: map[int]string{-1:"x", 3:"c"} ~ map[main.pt]bool{main.pt{X:1, Y:5}:false, main.pt{X:2, Y:1}:true} ~ []byte{0x62, 0x79, 0x74, 0x65, 0x73} ~ [4]uint8{0x41, 0x42, 0x43, 0x44} ~ main.bs{0x6e, 0x61, 0x6d, 0x65, 0x64} ~ 0x7 ~ true ~ main.u8s{0x46, 0x47} ~ main.str{v:"S"} ~ &main.str{v:"P"}
// expect: []main.str{main.str{v:"q"}, main.str{v:"r"}} ~ main.inner{A:main.str{v:"in"}, e:error(nil), s:main.str{v:"w"}, st:main.str{v:"u"}} ~ &main.inner{A:interface {}(nil), e:error(nil), s:fmt.Stringer(nil), st:main.str{v:""}} ~ &main.perr{n:9} ~ &errors.errorString{s:"plain"} ~ 3 ~ (*main.npan)(nil) ~ gs! ~ []main.gs{gs!} ~ F[v 0 false 0 false false false true false false]
// expect: []interface {}{F[v 0 false 0 false false false true false false]} ~ main.tree{l:(*main.tree)(nil), r:(*main.tree)(nil), m:map[string]main.pt(nil), f:(func())(nil), c:(chan int)(nil)} ~ &main.tree{l:(*main.tree)(nil), r:(*main.tree)(nil), m:map[string]main.pt{"k":main.pt{X:1, Y:2}}, f:(func())(nil), c:(chan int)(nil)} ~ main.emb{pt:main.pt{X:1, Y:2}, perr:(*main.perr)(nil)} ~ main.E{} ~ []main.E{main.E{}} ~ struct { a int; B string }{a:1, B:"b"} ~ [][]int{[]int{1}, []int{2, 3}, []int(nil)} ~ map[float64]string{-1:"b", 1:"a"} ~ 1.5
// expect: true ~ 0xff ~ []float32{0.1, 2} ~ [0]int{} ~ []error{error(nil)} ~ map[bool]int{false:0, true:1} ~ false ~ []bool(nil) ~ (*int)(nil) ~ [2][]uint8{[]uint8{0x48}, []uint8{0x49}}
// expect: []main.bt{0x4a, 0x4b} ~ struct { p *int }{p:(*int)(nil)} ~ []int32{104, 233} ~ %#v
// expect: <nil> ~ int ~ int ~ int ~ int8 ~ uint8 ~ uint64 ~ int64 ~ int32 ~ int32
// expect: float64 ~ float64 ~ float64 ~ float64 ~ float64 ~ float64 ~ float64 ~ float32 ~ float64 ~ float64
// expect: float64 ~ string ~ string ~ string ~ string ~ bool ~ bool ~ main.code ~ main.name ~ main.pt
// expect: *main.pt ~ *main.pt ~ map[string]int ~ []int ~ <nil> ~ []int ~ []string ~ []interface {} ~ [3]bool ~ map[string]int
// expect: map[int]string ~ map[main.pt]bool ~ []uint8 ~ [4]uint8 ~ main.bs ~ main.bt ~ main.bl ~ main.u8s ~ main.str ~ *main.str
// expect: []main.str ~ main.inner ~ *main.inner ~ *main.perr ~ *errors.errorString ~ main.pan ~ *main.npan ~ main.gs ~ []main.gs ~ main.fm
// expect: []interface {} ~ main.tree ~ *main.tree ~ main.emb ~ main.E ~ []main.E ~ struct { a int; B string } ~ [][]int ~ map[float64]string ~ main.f32
// expect: bool ~ uintptr ~ []float32 ~ [0]int ~ []error ~ map[bool]int ~ bool ~ []bool ~ *int ~ [2][]uint8
// expect: []main.bt ~ struct { p *int } ~ []int32 ~ %T
// expect: %!d(<nil>) ~ 1 ~ -7 ~ 0 ~ -3 ~ 200 ~ 18446744073709551615 ~ -9223372036854775808 ~ 120 ~ 19990
// expect: %!d(float64=3.14) ~ %!d(float64=-2.5) ~ %!d(float64=0) ~ %!d(float64=1e+20) ~ %!d(float64=1e+21) ~ %!d(float64=1e-07) ~ %!d(float64=1.23456789e+08) ~ %!d(float32=0.1) ~ %!d(float64=+Inf) ~ %!d(float64=-Inf)
// expect: %!d(float64=NaN) ~ %!d(string=hello) ~ %!d(string=) ~ %!d(string=a"b	世) ~ %!d(string=`bq`) ~ %!d(bool=true) ~ %!d(bool=false) ~ 7 ~ %!d(main.name=nm) ~ {1 -2}
// expect: &{3 4} ~ 0 ~ map[] ~ [] ~ %!d(<nil>) ~ [1 2 3] ~ [%!d(string=a) %!d(string=b c)] ~ [1 %!d(string=x) <nil> %!d(float64=2.5)] ~ [%!d(bool=true) %!d(bool=false) %!d(bool=true)] ~ map[%!d(string=a):2 %!d(string=m):3 %!d(string=z):1]
// expect: map[-1:%!d(string=x) 3:%!d(string=c)] ~ map[{1 5}:%!d(bool=false) {2 1}:%!d(bool=true)] ~ [98 121 116 101 115] ~ [65 66 67 68] ~ [110 97 109 101 100] ~ 7 ~ %!d(main.bl=true) ~ [70 71] ~ {%!d(string=S)} ~ &{%!d(string=P)}
// expect: [{%!d(string=q)} {%!d(string=r)}] ~ {{%!d(string=in)} <nil> {%!d(string=w)} {%!d(string=u)}} ~ &{<nil> <nil> <nil> {%!d(string=)}} ~ &{9} ~ &{%!d(string=plain)} ~ 3 ~ 0 ~ {4} ~ [{1}] ~ F[d 0 false 0 false false false false false false]
// expect: [F[d 0 false 0 false false false false false false]] ~ {0 0 map[] 0 0} ~ &{0 0 map[%!d(string=k):{1 2}] 0 0} ~ {{1 2} 0} ~ {} ~ [{}] ~ {1 %!d(string=b)} ~ [[1] [2 3] []] ~ map[%!d(float64=-1):%!d(string=b) %!d(float64=1):%!d(string=a)] ~ %!d(main.f32=1.5)
// expect: %!d(bool=true) ~ 255 ~ [%!d(float32=0.1) %!d(float32=2)] ~ [] ~ [<nil>] ~ map[%!d(bool=false):0 %!d(bool=true):1] ~ %!d(bool=false) ~ [] ~ 0 ~ [[72] [73]]
// expect: [74 75] ~ {0} ~ [104 233] ~ %d
// expect: %!s(<nil>) ~ %!s(int=1) ~ %!s(int=-7) ~ %!s(int=0) ~ %!s(int8=-3) ~ %!s(uint8=200) ~ %!s(uint64=18446744073709551615) ~ %!s(int64=-9223372036854775808) ~ %!s(int32=120) ~ %!s(int32=19990)
// expect: %!s(float64=3.14) ~ %!s(float64=-2.5) ~ %!s(float64=0) ~ %!s(float64=1e+20) ~ %!s(float64=1e+21) ~ %!s(float64=1e-07) ~ %!s(float64=1.23456789e+08) ~ %!s(float32=0.1) ~ %!s(float64=+Inf) ~ %!s(float64=-Inf)
// expect: %!s(float64=NaN) ~ hello ~  ~ a"b	世 ~ `bq` ~ %!s(bool=true) ~ %!s(bool=false) ~ %!s(main.code=7) ~ nm ~ {%!s(int=1) %!s(int=-2)}
// expect: &{%!s(int=3) %!s(int=4)} ~ %!s(*main.pt=<nil>) ~ map[] ~ [] ~ %!s(<nil>) ~ [%!s(int=1) %!s(int=2) %!s(int=3)] ~ [a b c] ~ [%!s(int=1) x <nil> %!s(float64=2.5)] ~ [%!s(bool=true) %!s(bool=false) %!s(bool=true)] ~ map[a:%!s(int=2) m:%!s(int=3) z:%!s(int=1)]
// expect: map[%!s(int=-1):x %!s(int=3):c] ~ map[{%!s(int=1) %!s(int=5)}:%!s(bool=false) {%!s(int=2) %!s(int=1)}:%!s(bool=true)] ~ bytes ~ ABCD ~ named ~ %!s(main.bt=7) ~ %!s(main.bl=true) ~ FG ~ <S> ~ <P>
// expect: [<q> <r>] ~ {<in> <nil> {w} {u}} ~ &{<nil> <nil> <nil> {}} ~ perr 9 ~ plain ~ %!s(PANIC=String method: oops) ~ <nil> ~ {%!s(int=4)} ~ [{%!s(int=1)}] ~ F[s 0 false 0 false false false false false false]
// expect: [F[s 0 false 0 false false false false false false]] ~ {%!s(*main.tree=<nil>) %!s(*main.tree=<nil>) map[] %!s(func()=<nil>) %!s(chan int=<nil>)} ~ &{%!s(*main.tree=<nil>) %!s(*main.tree=<nil>) map[k:{%!s(int=1) %!s(int=2)}] %!s(func()=<nil>) %!s(chan int=<nil>)} ~ %!s(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {%!s(int=1) b} ~ [[%!s(int=1)] [%!s(int=2) %!s(int=3)] []] ~ map[%!s(float64=-1):b %!s(float64=1):a] ~ %!s(main.f32=1.5)
// expect: %!s(bool=true) ~ %!s(uintptr=255) ~ [%!s(float32=0.1) %!s(float32=2)] ~ [] ~ [<nil>] ~ map[%!s(bool=false):%!s(int=0) %!s(bool=true):%!s(int=1)] ~ %!s(bool=false) ~ [] ~ %!s(*int=<nil>) ~ [H I]
// expect: JK ~ {%!s(*int=<nil>)} ~ [%!s(int32=104) %!s(int32=233)] ~ %s
// expect: %!q(<nil>) ~ '\x01' ~ '�' ~ '\x00' ~ '�' ~ 'È' ~ '�' ~ '�' ~ 'x' ~ '世'
// expect: %!q(float64=3.14) ~ %!q(float64=-2.5) ~ %!q(float64=0) ~ %!q(float64=1e+20) ~ %!q(float64=1e+21) ~ %!q(float64=1e-07) ~ %!q(float64=1.23456789e+08) ~ %!q(float32=0.1) ~ %!q(float64=+Inf) ~ %!q(float64=-Inf)
// expect: %!q(float64=NaN) ~ "hello" ~ "" ~ "a\"b\t世" ~ "`bq`" ~ %!q(bool=true) ~ %!q(bool=false) ~ '\a' ~ "nm" ~ {'\x01' '�'}
// expect: &{'\x03' '\x04'} ~ %!q(*main.pt=<nil>) ~ map[] ~ [] ~ %!q(<nil>) ~ ['\x01' '\x02' '\x03'] ~ ["a" "b c"] ~ ['\x01' "x" <nil> %!q(float64=2.5)] ~ [%!q(bool=true) %!q(bool=false) %!q(bool=true)] ~ map["a":'\x02' "m":'\x03' "z":'\x01']
// expect: map['�':"x" '\x03':"c"] ~ map[{'\x01' '\x05'}:%!q(bool=false) {'\x02' '\x01'}:%!q(bool=true)] ~ "bytes" ~ "ABCD" ~ "named" ~ '\a' ~ %!q(main.bl=true) ~ "FG" ~ "<S>" ~ "<P>"
// expect: ["<q>" "<r>"] ~ {"<in>" <nil> {"w"} {"u"}} ~ &{<nil> <nil> <nil> {""}} ~ "perr 9" ~ "plain" ~ %!q(PANIC=String method: oops) ~ <nil> ~ {'\x04'} ~ [{'\x01'}] ~ F[q 0 false 0 false false false false false false]
// expect: [F[q 0 false 0 false false false false false false]] ~ {%!q(*main.tree=<nil>) %!q(*main.tree=<nil>) map[] %!q(func()=<nil>) %!q(chan int=<nil>)} ~ &{%!q(*main.tree=<nil>) %!q(*main.tree=<nil>) map["k":{'\x01' '\x02'}] %!q(func()=<nil>) %!q(chan int=<nil>)} ~ %!q(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {'\x01' "b"} ~ [['\x01'] ['\x02' '\x03'] []] ~ map[%!q(float64=-1):"b" %!q(float64=1):"a"] ~ %!q(main.f32=1.5)
// expect: %!q(bool=true) ~ 'ÿ' ~ [%!q(float32=0.1) %!q(float32=2)] ~ [] ~ [<nil>] ~ map[%!q(bool=false):'\x00' %!q(bool=true):'\x01'] ~ %!q(bool=false) ~ [] ~ %!q(*int=<nil>) ~ ["H" "I"]
// expect: "JK" ~ {%!q(*int=<nil>)} ~ ['h' 'é'] ~ %q
// expect: %!x(<nil>) ~ 1 ~ -7 ~ 0 ~ -3 ~ c8 ~ ffffffffffffffff ~ -8000000000000000 ~ 78 ~ 4e16
// expect: 0x1.91eb851eb851fp+01 ~ -0x1.4p+01 ~ 0x0p+00 ~ 0x1.5af1d78b58c4p+66 ~ 0x1.b1ae4d6e2ef5p+69 ~ 0x1.ad7f29abcaf48p-24 ~ 0x1.d6f3454p+26 ~ 0x1.99999ap-04 ~ +Inf ~ -Inf
// expect: NaN ~ 68656c6c6f ~  ~ 61226209e4b896 ~ 60627160 ~ %!x(bool=true) ~ %!x(bool=false) ~ 7 ~ 6e6d ~ {1 -2}
// expect: &{3 4} ~ 0 ~ map[] ~ [] ~ %!x(<nil>) ~ [1 2 3] ~ [61 622063] ~ [1 78 <nil> 0x1.4p+01] ~ [%!x(bool=true) %!x(bool=false) %!x(bool=true)] ~ map[61:2 6d:3 7a:1]
// expect: map[-1:78 3:63] ~ map[{1 5}:%!x(bool=false) {2 1}:%!x(bool=true)] ~ 6279746573 ~ 41424344 ~ 6e616d6564 ~ 7 ~ %!x(main.bl=true) ~ 4647 ~ 3c533e ~ 3c503e
// expect: [3c713e 3c723e] ~ {3c696e3e <nil> {77} {75}} ~ &{<nil> <nil> <nil> {}} ~ 706572722039 ~ 706c61696e ~ %!x(PANIC=String method: oops) ~ <nil> ~ {4} ~ [{1}] ~ F[x 0 false 0 false false false false false false]
// expect: [F[x 0 false 0 false false false false false false]] ~ {0 0 map[] 0 0} ~ &{0 0 map[6b:{1 2}] 0 0} ~ %!x(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {1 62} ~ [[1] [2 3] []] ~ map[-0x1p+00:62 0x1p+00:61] ~ 0x1.8p+00
// expect: %!x(bool=true) ~ ff ~ [0x1.99999ap-04 0x1p+01] ~ [] ~ [<nil>] ~ map[%!x(bool=false):0 %!x(bool=true):1] ~ %!x(bool=false) ~ [] ~ 0 ~ [48 49]
// expect: 4a4b ~ {0} ~ [68 e9] ~ %x
// expect: %!X(<nil>) ~ 1 ~ -7 ~ 0 ~ -3 ~ C8 ~ FFFFFFFFFFFFFFFF ~ -8000000000000000 ~ 78 ~ 4E16
// expect: 0X1.91EB851EB851FP+01 ~ -0X1.4P+01 ~ 0X0P+00 ~ 0X1.5AF1D78B58C4P+66 ~ 0X1.B1AE4D6E2EF5P+69 ~ 0X1.AD7F29ABCAF48P-24 ~ 0X1.D6F3454P+26 ~ 0X1.99999AP-04 ~ +Inf ~ -Inf
// expect: NaN ~ 68656C6C6F ~  ~ 61226209E4B896 ~ 60627160 ~ %!X(bool=true) ~ %!X(bool=false) ~ 7 ~ 6E6D ~ {1 -2}
// expect: &{3 4} ~ 0 ~ map[] ~ [] ~ %!X(<nil>) ~ [1 2 3] ~ [61 622063] ~ [1 78 <nil> 0X1.4P+01] ~ [%!X(bool=true) %!X(bool=false) %!X(bool=true)] ~ map[61:2 6D:3 7A:1]
// expect: map[-1:78 3:63] ~ map[{1 5}:%!X(bool=false) {2 1}:%!X(bool=true)] ~ 6279746573 ~ 41424344 ~ 6E616D6564 ~ 7 ~ %!X(main.bl=true) ~ 4647 ~ 3C533E ~ 3C503E
// expect: [3C713E 3C723E] ~ {3C696E3E <nil> {77} {75}} ~ &{<nil> <nil> <nil> {}} ~ 706572722039 ~ 706C61696E ~ %!X(PANIC=String method: oops) ~ <nil> ~ {4} ~ [{1}] ~ F[X 0 false 0 false false false false false false]
// expect: [F[X 0 false 0 false false false false false false]] ~ {0 0 map[] 0 0} ~ &{0 0 map[6B:{1 2}] 0 0} ~ %!X(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {1 62} ~ [[1] [2 3] []] ~ map[-0X1P+00:62 0X1P+00:61] ~ 0X1.8P+00
// expect: %!X(bool=true) ~ FF ~ [0X1.99999AP-04 0X1P+01] ~ [] ~ [<nil>] ~ map[%!X(bool=false):0 %!X(bool=true):1] ~ %!X(bool=false) ~ [] ~ 0 ~ [48 49]
// expect: 4A4B ~ {0} ~ [68 E9] ~ %X
// expect: %!o(<nil>) ~ 1 ~ -7 ~ 0 ~ -3 ~ 310 ~ 1777777777777777777777 ~ -1000000000000000000000 ~ 170 ~ 47026
// expect: %!o(float64=3.14) ~ %!o(float64=-2.5) ~ %!o(float64=0) ~ %!o(float64=1e+20) ~ %!o(float64=1e+21) ~ %!o(float64=1e-07) ~ %!o(float64=1.23456789e+08) ~ %!o(float32=0.1) ~ %!o(float64=+Inf) ~ %!o(float64=-Inf)
// expect: %!o(float64=NaN) ~ %!o(string=hello) ~ %!o(string=) ~ %!o(string=a"b	世) ~ %!o(string=`bq`) ~ %!o(bool=true) ~ %!o(bool=false) ~ 7 ~ %!o(main.name=nm) ~ {1 -2}
// expect: &{3 4} ~ 0 ~ map[] ~ [] ~ %!o(<nil>) ~ [1 2 3] ~ [%!o(string=a) %!o(string=b c)] ~ [1 %!o(string=x) <nil> %!o(float64=2.5)] ~ [%!o(bool=true) %!o(bool=false) %!o(bool=true)] ~ map[%!o(string=a):2 %!o(string=m):3 %!o(string=z):1]
// expect: map[-1:%!o(string=x) 3:%!o(string=c)] ~ map[{1 5}:%!o(bool=false) {2 1}:%!o(bool=true)] ~ [142 171 164 145 163] ~ [101 102 103 104] ~ [156 141 155 145 144] ~ 7 ~ %!o(main.bl=true) ~ [106 107] ~ {%!o(string=S)} ~ &{%!o(string=P)}
// expect: [{%!o(string=q)} {%!o(string=r)}] ~ {{%!o(string=in)} <nil> {%!o(string=w)} {%!o(string=u)}} ~ &{<nil> <nil> <nil> {%!o(string=)}} ~ &{11} ~ &{%!o(string=plain)} ~ 3 ~ 0 ~ {4} ~ [{1}] ~ F[o 0 false 0 false false false false false false]
// expect: [F[o 0 false 0 false false false false false false]] ~ {0 0 map[] 0 0} ~ &{0 0 map[%!o(string=k):{1 2}] 0 0} ~ {{1 2} 0} ~ {} ~ [{}] ~ {1 %!o(string=b)} ~ [[1] [2 3] []] ~ map[%!o(float64=-1):%!o(string=b) %!o(float64=1):%!o(string=a)] ~ %!o(main.f32=1.5)
// expect: %!o(bool=true) ~ 377 ~ [%!o(float32=0.1) %!o(float32=2)] ~ [] ~ [<nil>] ~ map[%!o(bool=false):0 %!o(bool=true):1] ~ %!o(bool=false) ~ [] ~ 0 ~ [[110] [111]]
// expect: [112 113] ~ {0} ~ [150 351] ~ %o
// expect: %!b(<nil>) ~ 1 ~ -111 ~ 0 ~ -11 ~ 11001000 ~ 1111111111111111111111111111111111111111111111111111111111111111 ~ -1000000000000000000000000000000000000000000000000000000000000000 ~ 1111000 ~ 100111000010110
// expect: 7070651414971679p-51 ~ -5629499534213120p-51 ~ 0p-1074 ~ 6103515625000000p+14 ~ 7629394531250000p+17 ~ 7555786372591432p-76 ~ 8285044862877696p-26 ~ 13421773p-27 ~ +Inf ~ -Inf
// expect: NaN ~ %!b(string=hello) ~ %!b(string=) ~ %!b(string=a"b	世) ~ %!b(string=`bq`) ~ %!b(bool=true) ~ %!b(bool=false) ~ 111 ~ %!b(main.name=nm) ~ {1 -10}
// expect: &{11 100} ~ 0 ~ map[] ~ [] ~ %!b(<nil>) ~ [1 10 11] ~ [%!b(string=a) %!b(string=b c)] ~ [1 %!b(string=x) <nil> 5629499534213120p-51] ~ [%!b(bool=true) %!b(bool=false) %!b(bool=true)] ~ map[%!b(string=a):10 %!b(string=m):11 %!b(string=z):1]
// expect: map[-1:%!b(string=x) 11:%!b(string=c)] ~ map[{1 101}:%!b(bool=false) {10 1}:%!b(bool=true)] ~ [1100010 1111001 1110100 1100101 1110011] ~ [1000001 1000010 1000011 1000100] ~ [1101110 1100001 1101101 1100101 1100100] ~ 111 ~ %!b(main.bl=true) ~ [1000110 1000111] ~ {%!b(string=S)} ~ &{%!b(string=P)}
// expect: [{%!b(string=q)} {%!b(string=r)}] ~ {{%!b(string=in)} <nil> {%!b(string=w)} {%!b(string=u)}} ~ &{<nil> <nil> <nil> {%!b(string=)}} ~ &{1001} ~ &{%!b(string=plain)} ~ 11 ~ 0 ~ {100} ~ [{1}] ~ F[b 0 false 0 false false false false false false]
// expect: [F[b 0 false 0 false false false false false false]] ~ {0 0 map[] 0 0} ~ &{0 0 map[%!b(string=k):{1 10}] 0 0} ~ {{1 10} 0} ~ {} ~ [{}] ~ {1 %!b(string=b)} ~ [[1] [10 11] []] ~ map[-4503599627370496p-52:%!b(string=b) 4503599627370496p-52:%!b(string=a)] ~ 12582912p-23
// expect: %!b(bool=true) ~ 11111111 ~ [13421773p-27 8388608p-22] ~ [] ~ [<nil>] ~ map[%!b(bool=false):0 %!b(bool=true):1] ~ %!b(bool=false) ~ [] ~ 0 ~ [[1001000] [1001001]]
// expect: [1001010 1001011] ~ {0} ~ [1101000 11101001] ~ %b
// expect: %!U(<nil>) ~ U+0001 ~ U+FFFFFFFFFFFFFFF9 ~ U+0000 ~ U+FFFFFFFFFFFFFFFD ~ U+00C8 ~ U+FFFFFFFFFFFFFFFF ~ U+8000000000000000 ~ U+0078 ~ U+4E16
// expect: %!U(float64=3.14) ~ %!U(float64=-2.5) ~ %!U(float64=0) ~ %!U(float64=1e+20) ~ %!U(float64=1e+21) ~ %!U(float64=1e-07) ~ %!U(float64=1.23456789e+08) ~ %!U(float32=0.1) ~ %!U(float64=+Inf) ~ %!U(float64=-Inf)
// expect: %!U(float64=NaN) ~ %!U(string=hello) ~ %!U(string=) ~ %!U(string=a"b	世) ~ %!U(string=`bq`) ~ %!U(bool=true) ~ %!U(bool=false) ~ U+0007 ~ %!U(main.name=nm) ~ {U+0001 U+FFFFFFFFFFFFFFFE}
// expect: &{U+0003 U+0004} ~ %!U(*main.pt=<nil>) ~ map[] ~ [] ~ %!U(<nil>) ~ [U+0001 U+0002 U+0003] ~ [%!U(string=a) %!U(string=b c)] ~ [U+0001 %!U(string=x) <nil> %!U(float64=2.5)] ~ [%!U(bool=true) %!U(bool=false) %!U(bool=true)] ~ map[%!U(string=a):U+0002 %!U(string=m):U+0003 %!U(string=z):U+0001]
// expect: map[U+FFFFFFFFFFFFFFFF:%!U(string=x) U+0003:%!U(string=c)] ~ map[{U+0001 U+0005}:%!U(bool=false) {U+0002 U+0001}:%!U(bool=true)] ~ [U+0062 U+0079 U+0074 U+0065 U+0073] ~ [U+0041 U+0042 U+0043 U+0044] ~ [U+006E U+0061 U+006D U+0065 U+0064] ~ U+0007 ~ %!U(main.bl=true) ~ [U+0046 U+0047] ~ {%!U(string=S)} ~ &{%!U(string=P)}
// expect: [{%!U(string=q)} {%!U(string=r)}] ~ {{%!U(string=in)} <nil> {%!U(string=w)} {%!U(string=u)}} ~ &{<nil> <nil> <nil> {%!U(string=)}} ~ &{U+0009} ~ &{%!U(string=plain)} ~ U+0003 ~ %!U(*main.npan=<nil>) ~ {U+0004} ~ [{U+0001}] ~ F[U 0 false 0 false false false false false false]
// expect: [F[U 0 false 0 false false false false false false]] ~ {%!U(*main.tree=<nil>) %!U(*main.tree=<nil>) map[] %!U(func()=<nil>) %!U(chan int=<nil>)} ~ &{%!U(*main.tree=<nil>) %!U(*main.tree=<nil>) map[%!U(string=k):{U+0001 U+0002}] %!U(func()=<nil>) %!U(chan int=<nil>)} ~ {{U+0001 U+0002} %!U(*main.perr=<nil>)} ~ {} ~ [{}] ~ {U+0001 %!U(string=b)} ~ [[U+0001] [U+0002 U+0003] []] ~ map[%!U(float64=-1):%!U(string=b) %!U(float64=1):%!U(string=a)] ~ %!U(main.f32=1.5)
// expect: %!U(bool=true) ~ U+00FF ~ [%!U(float32=0.1) %!U(float32=2)] ~ [] ~ [<nil>] ~ map[%!U(bool=false):U+0000 %!U(bool=true):U+0001] ~ %!U(bool=false) ~ [] ~ %!U(*int=<nil>) ~ [[U+0048] [U+0049]]
// expect: [U+004A U+004B] ~ {%!U(*int=<nil>)} ~ [U+0068 U+00E9] ~ %U
// expect: %!U(<nil>) ~ U+0001 ~ U+FFFFFFFFFFFFFFF9 ~ U+0000 ~ U+FFFFFFFFFFFFFFFD ~ U+00C8 'È' ~ U+FFFFFFFFFFFFFFFF ~ U+8000000000000000 ~ U+0078 'x' ~ U+4E16 '世'
// expect: %!U(float64=3.14000) ~ %!U(float64=-2.50000) ~ %!U(float64=0.00000) ~ %!U(float64=1.00000e+20) ~ %!U(float64=1.00000e+21) ~ %!U(float64=1.00000e-07) ~ %!U(float64=1.23456789e+08) ~ %!U(float32=0.100000) ~ %!U(float64=+Inf) ~ %!U(float64=-Inf)
// expect: %!U(float64=NaN) ~ %!U(string=hello) ~ %!U(string=) ~ %!U(string=a"b	世) ~ %!U(string=`bq`) ~ %!U(bool=true) ~ %!U(bool=false) ~ U+0007 ~ %!U(main.name=nm) ~ {U+0001 U+FFFFFFFFFFFFFFFE}
// expect: &{U+0003 U+0004} ~ %!U(*main.pt=<nil>) ~ map[] ~ [] ~ %!U(<nil>) ~ [U+0001 U+0002 U+0003] ~ [%!U(string=a) %!U(string=b c)] ~ [U+0001 %!U(string=x) <nil> %!U(float64=2.50000)] ~ [%!U(bool=true) %!U(bool=false) %!U(bool=true)] ~ map[%!U(string=a):U+0002 %!U(string=m):U+0003 %!U(string=z):U+0001]
// expect: map[U+FFFFFFFFFFFFFFFF:%!U(string=x) U+0003:%!U(string=c)] ~ map[{U+0001 U+0005}:%!U(bool=false) {U+0002 U+0001}:%!U(bool=true)] ~ [U+0062 'b' U+0079 'y' U+0074 't' U+0065 'e' U+0073 's'] ~ [U+0041 'A' U+0042 'B' U+0043 'C' U+0044 'D'] ~ [U+006E 'n' U+0061 'a' U+006D 'm' U+0065 'e' U+0064 'd'] ~ U+0007 ~ %!U(main.bl=true) ~ [U+0046 'F' U+0047 'G'] ~ {%!U(string=S)} ~ &{%!U(string=P)}
// expect: [{%!U(string=q)} {%!U(string=r)}] ~ {{%!U(string=in)} <nil> {%!U(string=w)} {%!U(string=u)}} ~ &{<nil> <nil> <nil> {%!U(string=)}} ~ &{U+0009} ~ &{%!U(string=plain)} ~ U+0003 ~ %!U(*main.npan=<nil>) ~ {U+0004} ~ [{U+0001}] ~ F[U 0 false 0 false false false true false false]
// expect: [F[U 0 false 0 false false false true false false]] ~ {%!U(*main.tree=<nil>) %!U(*main.tree=<nil>) map[] %!U(func()=<nil>) %!U(chan int=<nil>)} ~ &{%!U(*main.tree=<nil>) %!U(*main.tree=<nil>) map[%!U(string=k):{U+0001 U+0002}] %!U(func()=<nil>) %!U(chan int=<nil>)} ~ {{U+0001 U+0002} %!U(*main.perr=<nil>)} ~ {} ~ [{}] ~ {U+0001 %!U(string=b)} ~ [[U+0001] [U+0002 U+0003] []] ~ map[%!U(float64=-1.00000):%!U(string=b) %!U(float64=1.00000):%!U(string=a)] ~ %!U(main.f32=1.50000)
// expect: %!U(bool=true) ~ U+00FF 'ÿ' ~ [%!U(float32=0.100000) %!U(float32=2.00000)] ~ [] ~ [<nil>] ~ map[%!U(bool=false):U+0000 %!U(bool=true):U+0001] ~ %!U(bool=false) ~ [] ~ %!U(*int=<nil>) ~ [[U+0048 'H'] [U+0049 'I']]
// expect: [U+004A 'J' U+004B 'K'] ~ {%!U(*int=<nil>)} ~ [U+0068 'h' U+00E9 'é'] ~ %#U
// expect: %!e(<nil>) ~ %!e(int=1) ~ %!e(int=-7) ~ %!e(int=0) ~ %!e(int8=-3) ~ %!e(uint8=200) ~ %!e(uint64=18446744073709551615) ~ %!e(int64=-9223372036854775808) ~ %!e(int32=120) ~ %!e(int32=19990)
// expect: 3.140000e+00 ~ -2.500000e+00 ~ 0.000000e+00 ~ 1.000000e+20 ~ 1.000000e+21 ~ 1.000000e-07 ~ 1.234568e+08 ~ 1.000000e-01 ~ +Inf ~ -Inf
// expect: NaN ~ %!e(string=hello) ~ %!e(string=) ~ %!e(string=a"b	世) ~ %!e(string=`bq`) ~ %!e(bool=true) ~ %!e(bool=false) ~ %!e(main.code=7) ~ %!e(main.name=nm) ~ {%!e(int=1) %!e(int=-2)}
// expect: &{%!e(int=3) %!e(int=4)} ~ %!e(*main.pt=<nil>) ~ map[] ~ [] ~ %!e(<nil>) ~ [%!e(int=1) %!e(int=2) %!e(int=3)] ~ [%!e(string=a) %!e(string=b c)] ~ [%!e(int=1) %!e(string=x) <nil> 2.500000e+00] ~ [%!e(bool=true) %!e(bool=false) %!e(bool=true)] ~ map[%!e(string=a):%!e(int=2) %!e(string=m):%!e(int=3) %!e(string=z):%!e(int=1)]
// expect: map[%!e(int=-1):%!e(string=x) %!e(int=3):%!e(string=c)] ~ map[{%!e(int=1) %!e(int=5)}:%!e(bool=false) {%!e(int=2) %!e(int=1)}:%!e(bool=true)] ~ [%!e(uint8=98) %!e(uint8=121) %!e(uint8=116) %!e(uint8=101) %!e(uint8=115)] ~ [%!e(uint8=65) %!e(uint8=66) %!e(uint8=67) %!e(uint8=68)] ~ [%!e(uint8=110) %!e(uint8=97) %!e(uint8=109) %!e(uint8=101) %!e(uint8=100)] ~ %!e(main.bt=7) ~ %!e(main.bl=true) ~ [%!e(uint8=70) %!e(uint8=71)] ~ {%!e(string=S)} ~ &{%!e(string=P)}
// expect: [{%!e(string=q)} {%!e(string=r)}] ~ {{%!e(string=in)} <nil> {%!e(string=w)} {%!e(string=u)}} ~ &{<nil> <nil> <nil> {%!e(string=)}} ~ &{%!e(int=9)} ~ &{%!e(string=plain)} ~ %!e(main.pan=3) ~ %!e(*main.npan=<nil>) ~ {%!e(int=4)} ~ [{%!e(int=1)}] ~ F[e 0 false 0 false false false false false false]
// expect: [F[e 0 false 0 false false false false false false]] ~ {%!e(*main.tree=<nil>) %!e(*main.tree=<nil>) map[] %!e(func()=<nil>) %!e(chan int=<nil>)} ~ &{%!e(*main.tree=<nil>) %!e(*main.tree=<nil>) map[%!e(string=k):{%!e(int=1) %!e(int=2)}] %!e(func()=<nil>) %!e(chan int=<nil>)} ~ {{%!e(int=1) %!e(int=2)} %!e(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!e(int=1) %!e(string=b)} ~ [[%!e(int=1)] [%!e(int=2) %!e(int=3)] []] ~ map[-1.000000e+00:%!e(string=b) 1.000000e+00:%!e(string=a)] ~ 1.500000e+00
// expect: %!e(bool=true) ~ %!e(uintptr=255) ~ [1.000000e-01 2.000000e+00] ~ [] ~ [<nil>] ~ map[%!e(bool=false):%!e(int=0) %!e(bool=true):%!e(int=1)] ~ %!e(bool=false) ~ [] ~ %!e(*int=<nil>) ~ [[%!e(uint8=72)] [%!e(uint8=73)]]
// expect: [%!e(main.bt=74) %!e(main.bt=75)] ~ {%!e(*int=<nil>)} ~ [%!e(int32=104) %!e(int32=233)] ~ %e
// expect: %!f(<nil>) ~ %!f(int=1) ~ %!f(int=-7) ~ %!f(int=0) ~ %!f(int8=-3) ~ %!f(uint8=200) ~ %!f(uint64=18446744073709551615) ~ %!f(int64=-9223372036854775808) ~ %!f(int32=120) ~ %!f(int32=19990)
// expect: 3.140000 ~ -2.500000 ~ 0.000000 ~ 100000000000000000000.000000 ~ 1000000000000000000000.000000 ~ 0.000000 ~ 123456789.000000 ~ 0.100000 ~ +Inf ~ -Inf
// expect: NaN ~ %!f(string=hello) ~ %!f(string=) ~ %!f(string=a"b	世) ~ %!f(string=`bq`) ~ %!f(bool=true) ~ %!f(bool=false) ~ %!f(main.code=7) ~ %!f(main.name=nm) ~ {%!f(int=1) %!f(int=-2)}
// expect: &{%!f(int=3) %!f(int=4)} ~ %!f(*main.pt=<nil>) ~ map[] ~ [] ~ %!f(<nil>) ~ [%!f(int=1) %!f(int=2) %!f(int=3)] ~ [%!f(string=a) %!f(string=b c)] ~ [%!f(int=1) %!f(string=x) <nil> 2.500000] ~ [%!f(bool=true) %!f(bool=false) %!f(bool=true)] ~ map[%!f(string=a):%!f(int=2) %!f(string=m):%!f(int=3) %!f(string=z):%!f(int=1)]
// expect: map[%!f(int=-1):%!f(string=x) %!f(int=3):%!f(string=c)] ~ map[{%!f(int=1) %!f(int=5)}:%!f(bool=false) {%!f(int=2) %!f(int=1)}:%!f(bool=true)] ~ [%!f(uint8=98) %!f(uint8=121) %!f(uint8=116) %!f(uint8=101) %!f(uint8=115)] ~ [%!f(uint8=65) %!f(uint8=66) %!f(uint8=67) %!f(uint8=68)] ~ [%!f(uint8=110) %!f(uint8=97) %!f(uint8=109) %!f(uint8=101) %!f(uint8=100)] ~ %!f(main.bt=7) ~ %!f(main.bl=true) ~ [%!f(uint8=70) %!f(uint8=71)] ~ {%!f(string=S)} ~ &{%!f(string=P)}
// expect: [{%!f(string=q)} {%!f(string=r)}] ~ {{%!f(string=in)} <nil> {%!f(string=w)} {%!f(string=u)}} ~ &{<nil> <nil> <nil> {%!f(string=)}} ~ &{%!f(int=9)} ~ &{%!f(string=plain)} ~ %!f(main.pan=3) ~ %!f(*main.npan=<nil>) ~ {%!f(int=4)} ~ [{%!f(int=1)}] ~ F[f 0 false 0 false false false false false false]
// expect: [F[f 0 false 0 false false false false false false]] ~ {%!f(*main.tree=<nil>) %!f(*main.tree=<nil>) map[] %!f(func()=<nil>) %!f(chan int=<nil>)} ~ &{%!f(*main.tree=<nil>) %!f(*main.tree=<nil>) map[%!f(string=k):{%!f(int=1) %!f(int=2)}] %!f(func()=<nil>) %!f(chan int=<nil>)} ~ {{%!f(int=1) %!f(int=2)} %!f(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!f(int=1) %!f(string=b)} ~ [[%!f(int=1)] [%!f(int=2) %!f(int=3)] []] ~ map[-1.000000:%!f(string=b) 1.000000:%!f(string=a)] ~ 1.500000
// expect: %!f(bool=true) ~ %!f(uintptr=255) ~ [0.100000 2.000000] ~ [] ~ [<nil>] ~ map[%!f(bool=false):%!f(int=0) %!f(bool=true):%!f(int=1)] ~ %!f(bool=false) ~ [] ~ %!f(*int=<nil>) ~ [[%!f(uint8=72)] [%!f(uint8=73)]]
// expect: [%!f(main.bt=74) %!f(main.bt=75)] ~ {%!f(*int=<nil>)} ~ [%!f(int32=104) %!f(int32=233)] ~ %f
// expect: %!g(<nil>) ~ %!g(int=1) ~ %!g(int=-7) ~ %!g(int=0) ~ %!g(int8=-3) ~ %!g(uint8=200) ~ %!g(uint64=18446744073709551615) ~ %!g(int64=-9223372036854775808) ~ %!g(int32=120) ~ %!g(int32=19990)
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 1.23456789e+08 ~ 0.1 ~ +Inf ~ -Inf
// expect: NaN ~ %!g(string=hello) ~ %!g(string=) ~ %!g(string=a"b	世) ~ %!g(string=`bq`) ~ %!g(bool=true) ~ %!g(bool=false) ~ %!g(main.code=7) ~ %!g(main.name=nm) ~ {%!g(int=1) %!g(int=-2)}
// expect: &{%!g(int=3) %!g(int=4)} ~ %!g(*main.pt=<nil>) ~ map[] ~ [] ~ %!g(<nil>) ~ [%!g(int=1) %!g(int=2) %!g(int=3)] ~ [%!g(string=a) %!g(string=b c)] ~ [%!g(int=1) %!g(string=x) <nil> 2.5] ~ [%!g(bool=true) %!g(bool=false) %!g(bool=true)] ~ map[%!g(string=a):%!g(int=2) %!g(string=m):%!g(int=3) %!g(string=z):%!g(int=1)]
// expect: map[%!g(int=-1):%!g(string=x) %!g(int=3):%!g(string=c)] ~ map[{%!g(int=1) %!g(int=5)}:%!g(bool=false) {%!g(int=2) %!g(int=1)}:%!g(bool=true)] ~ [%!g(uint8=98) %!g(uint8=121) %!g(uint8=116) %!g(uint8=101) %!g(uint8=115)] ~ [%!g(uint8=65) %!g(uint8=66) %!g(uint8=67) %!g(uint8=68)] ~ [%!g(uint8=110) %!g(uint8=97) %!g(uint8=109) %!g(uint8=101) %!g(uint8=100)] ~ %!g(main.bt=7) ~ %!g(main.bl=true) ~ [%!g(uint8=70) %!g(uint8=71)] ~ {%!g(string=S)} ~ &{%!g(string=P)}
// expect: [{%!g(string=q)} {%!g(string=r)}] ~ {{%!g(string=in)} <nil> {%!g(string=w)} {%!g(string=u)}} ~ &{<nil> <nil> <nil> {%!g(string=)}} ~ &{%!g(int=9)} ~ &{%!g(string=plain)} ~ %!g(main.pan=3) ~ %!g(*main.npan=<nil>) ~ {%!g(int=4)} ~ [{%!g(int=1)}] ~ F[g 0 false 0 false false false false false false]
// expect: [F[g 0 false 0 false false false false false false]] ~ {%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ &{%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[%!g(string=k):{%!g(int=1) %!g(int=2)}] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ {{%!g(int=1) %!g(int=2)} %!g(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!g(int=1) %!g(string=b)} ~ [[%!g(int=1)] [%!g(int=2) %!g(int=3)] []] ~ map[-1:%!g(string=b) 1:%!g(string=a)] ~ 1.5
// expect: %!g(bool=true) ~ %!g(uintptr=255) ~ [0.1 2] ~ [] ~ [<nil>] ~ map[%!g(bool=false):%!g(int=0) %!g(bool=true):%!g(int=1)] ~ %!g(bool=false) ~ [] ~ %!g(*int=<nil>) ~ [[%!g(uint8=72)] [%!g(uint8=73)]]
// expect: [%!g(main.bt=74) %!g(main.bt=75)] ~ {%!g(*int=<nil>)} ~ [%!g(int32=104) %!g(int32=233)] ~ %g
// expect: %!t(<nil>) ~ %!t(int=1) ~ %!t(int=-7) ~ %!t(int=0) ~ %!t(int8=-3) ~ %!t(uint8=200) ~ %!t(uint64=18446744073709551615) ~ %!t(int64=-9223372036854775808) ~ %!t(int32=120) ~ %!t(int32=19990)
// expect: %!t(float64=3.14) ~ %!t(float64=-2.5) ~ %!t(float64=0) ~ %!t(float64=1e+20) ~ %!t(float64=1e+21) ~ %!t(float64=1e-07) ~ %!t(float64=1.23456789e+08) ~ %!t(float32=0.1) ~ %!t(float64=+Inf) ~ %!t(float64=-Inf)
// expect: %!t(float64=NaN) ~ %!t(string=hello) ~ %!t(string=) ~ %!t(string=a"b	世) ~ %!t(string=`bq`) ~ true ~ false ~ %!t(main.code=7) ~ %!t(main.name=nm) ~ {%!t(int=1) %!t(int=-2)}
// expect: &{%!t(int=3) %!t(int=4)} ~ %!t(*main.pt=<nil>) ~ map[] ~ [] ~ %!t(<nil>) ~ [%!t(int=1) %!t(int=2) %!t(int=3)] ~ [%!t(string=a) %!t(string=b c)] ~ [%!t(int=1) %!t(string=x) <nil> %!t(float64=2.5)] ~ [true false true] ~ map[%!t(string=a):%!t(int=2) %!t(string=m):%!t(int=3) %!t(string=z):%!t(int=1)]
// expect: map[%!t(int=-1):%!t(string=x) %!t(int=3):%!t(string=c)] ~ map[{%!t(int=1) %!t(int=5)}:false {%!t(int=2) %!t(int=1)}:true] ~ [%!t(uint8=98) %!t(uint8=121) %!t(uint8=116) %!t(uint8=101) %!t(uint8=115)] ~ [%!t(uint8=65) %!t(uint8=66) %!t(uint8=67) %!t(uint8=68)] ~ [%!t(uint8=110) %!t(uint8=97) %!t(uint8=109) %!t(uint8=101) %!t(uint8=100)] ~ %!t(main.bt=7) ~ true ~ [%!t(uint8=70) %!t(uint8=71)] ~ {%!t(string=S)} ~ &{%!t(string=P)}
// expect: [{%!t(string=q)} {%!t(string=r)}] ~ {{%!t(string=in)} <nil> {%!t(string=w)} {%!t(string=u)}} ~ &{<nil> <nil> <nil> {%!t(string=)}} ~ &{%!t(int=9)} ~ &{%!t(string=plain)} ~ %!t(main.pan=3) ~ %!t(*main.npan=<nil>) ~ {%!t(int=4)} ~ [{%!t(int=1)}] ~ F[t 0 false 0 false false false false false false]
// expect: [F[t 0 false 0 false false false false false false]] ~ {%!t(*main.tree=<nil>) %!t(*main.tree=<nil>) map[] %!t(func()=<nil>) %!t(chan int=<nil>)} ~ &{%!t(*main.tree=<nil>) %!t(*main.tree=<nil>) map[%!t(string=k):{%!t(int=1) %!t(int=2)}] %!t(func()=<nil>) %!t(chan int=<nil>)} ~ {{%!t(int=1) %!t(int=2)} %!t(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!t(int=1) %!t(string=b)} ~ [[%!t(int=1)] [%!t(int=2) %!t(int=3)] []] ~ map[%!t(float64=-1):%!t(string=b) %!t(float64=1):%!t(string=a)] ~ %!t(main.f32=1.5)
// expect: true ~ %!t(uintptr=255) ~ [%!t(float32=0.1) %!t(float32=2)] ~ [] ~ [<nil>] ~ map[false:%!t(int=0) true:%!t(int=1)] ~ false ~ [] ~ %!t(*int=<nil>) ~ [[%!t(uint8=72)] [%!t(uint8=73)]]
// expect: [%!t(main.bt=74) %!t(main.bt=75)] ~ {%!t(*int=<nil>)} ~ [%!t(int32=104) %!t(int32=233)] ~ %t
// expect: %!d(<nil>) ~     1 ~    -7 ~     0 ~    -3 ~   200 ~ 18446744073709551615 ~ -9223372036854775808 ~   120 ~ 19990
// expect: %!d(float64= 3.14) ~ %!d(float64= -2.5) ~ %!d(float64=    0) ~ %!d(float64=1e+20) ~ %!d(float64=1e+21) ~ %!d(float64=1e-07) ~ %!d(float64=1.23456789e+08) ~ %!d(float32=  0.1) ~ %!d(float64= +Inf) ~ %!d(float64= -Inf)
// expect: %!d(float64=  NaN) ~ %!d(string=hello) ~ %!d(string=     ) ~ %!d(string=a"b	世) ~ %!d(string= `bq`) ~ %!d(bool= true) ~ %!d(bool=false) ~     7 ~ %!d(main.name=   nm) ~ {    1    -2}
// expect: &{    3     4} ~     0 ~ map[] ~ [] ~ %!d(<nil>) ~ [    1     2     3] ~ [%!d(string=    a) %!d(string=  b c)] ~ [    1 %!d(string=    x) <nil> %!d(float64=  2.5)] ~ [%!d(bool= true) %!d(bool=false) %!d(bool= true)] ~ map[%!d(string=    a):    2 %!d(string=    m):    3 %!d(string=    z):    1]
// expect: map[   -1:%!d(string=    x)     3:%!d(string=    c)] ~ map[{    1     5}:%!d(bool=false) {    2     1}:%!d(bool= true)] ~ [   98   121   116   101   115] ~ [   65    66    67    68] ~ [  110    97   109   101   100] ~     7 ~ %!d(main.bl= true) ~ [   70    71] ~ {%!d(string=    S)} ~ &{%!d(string=    P)}
// expect: [{%!d(string=    q)} {%!d(string=    r)}] ~ {{%!d(string=   in)} <nil> {%!d(string=    w)} {%!d(string=    u)}} ~ &{<nil> <nil> <nil> {%!d(string=     )}} ~ &{    9} ~ &{%!d(string=plain)} ~     3 ~     0 ~ {    4} ~ [{    1}] ~ F[d 5 true 0 false false false false false false]
// expect: [F[d 5 true 0 false false false false false false]] ~ {    0     0 map[]     0     0} ~ &{    0     0 map[%!d(string=    k):{    1     2}]     0     0} ~ {{    1     2}     0} ~ {} ~ [{}] ~ {    1 %!d(string=    b)} ~ [[    1] [    2     3] []] ~ map[%!d(float64=   -1):%!d(string=    b) %!d(float64=    1):%!d(string=    a)] ~ %!d(main.f32=  1.5)
// expect: %!d(bool= true) ~   255 ~ [%!d(float32=  0.1) %!d(float32=    2)] ~ [] ~ [<nil>] ~ map[%!d(bool=false):    0 %!d(bool= true):    1] ~ %!d(bool=false) ~ [] ~     0 ~ [[   72] [   73]]
// expect: [   74    75] ~ {    0} ~ [  104   233] ~ %5d
// expect: %!d(<nil>)| ~ 1    | ~ -7   | ~ 0    | ~ -3   | ~ 200  | ~ 18446744073709551615| ~ -9223372036854775808| ~ 120  | ~ 19990|
// expect: %!d(float64=3.14 )| ~ %!d(float64=-2.5 )| ~ %!d(float64=0    )| ~ %!d(float64=1e+20)| ~ %!d(float64=1e+21)| ~ %!d(float64=1e-07)| ~ %!d(float64=1.23456789e+08)| ~ %!d(float32=0.1  )| ~ %!d(float64=+Inf )| ~ %!d(float64=-Inf )|
// expect: %!d(float64=NaN  )| ~ %!d(string=hello)| ~ %!d(string=     )| ~ %!d(string=a"b	世)| ~ %!d(string=`bq` )| ~ %!d(bool=true )| ~ %!d(bool=false)| ~ 7    | ~ %!d(main.name=nm   )| ~ {1     -2   }|
// expect: &{3     4    }| ~ 0    | ~ map[]| ~ []| ~ %!d(<nil>)| ~ [1     2     3    ]| ~ [%!d(string=a    ) %!d(string=b c  )]| ~ [1     %!d(string=x    ) <nil> %!d(float64=2.5  )]| ~ [%!d(bool=true ) %!d(bool=false) %!d(bool=true )]| ~ map[%!d(string=a    ):2     %!d(string=m    ):3     %!d(string=z    ):1    ]|
// expect: map[-1   :%!d(string=x    ) 3    :%!d(string=c    )]| ~ map[{1     5    }:%!d(bool=false) {2     1    }:%!d(bool=true )]| ~ [98    121   116   101   115  ]| ~ [65    66    67    68   ]| ~ [110   97    109   101   100  ]| ~ 7    | ~ %!d(main.bl=true )| ~ [70    71   ]| ~ {%!d(string=S    )}| ~ &{%!d(string=P    )}|
// expect: [{%!d(string=q    )} {%!d(string=r    )}]| ~ {{%!d(string=in   )} <nil> {%!d(string=w    )} {%!d(string=u    )}}| ~ &{<nil> <nil> <nil> {%!d(string=     )}}| ~ &{9    }| ~ &{%!d(string=plain)}| ~ 3    | ~ 0    | ~ {4    }| ~ [{1    }]| ~ F[d 5 true 0 false false true false false false]|
// expect: [F[d 5 true 0 false false true false false false]]| ~ {0     0     map[] 0     0    }| ~ &{0     0     map[%!d(string=k    ):{1     2    }] 0     0    }| ~ {{1     2    } 0    }| ~ {}| ~ [{}]| ~ {1     %!d(string=b    )}| ~ [[1    ] [2     3    ] []]| ~ map[%!d(float64=-1   ):%!d(string=b    ) %!d(float64=1    ):%!d(string=a    )]| ~ %!d(main.f32=1.5  )|
// expect: %!d(bool=true )| ~ 255  | ~ [%!d(float32=0.1  ) %!d(float32=2    )]| ~ []| ~ [<nil>]| ~ map[%!d(bool=false):0     %!d(bool=true ):1    ]| ~ %!d(bool=false)| ~ []| ~ 0    | ~ [[72   ] [73   ]]|
// expect: [74    75   ]| ~ {0    }| ~ [104   233  ]| ~ %-5d|
// expect: %!d(<nil>) ~ 00001 ~ -0007 ~ 00000 ~ -0003 ~ 00200 ~ 18446744073709551615 ~ -9223372036854775808 ~ 00120 ~ 19990
// expect: %!d(float64=03.14) ~ %!d(float64=-02.5) ~ %!d(float64=00000) ~ %!d(float64=1e+20) ~ %!d(float64=1e+21) ~ %!d(float64=1e-07) ~ %!d(float64=1.23456789e+08) ~ %!d(float32=000.1) ~ %!d(float64= +Inf) ~ %!d(float64= -Inf)
// expect: %!d(float64=  NaN) ~ %!d(string=hello) ~ %!d(string=00000) ~ %!d(string=a"b	世) ~ %!d(string=0`bq`) ~ %!d(bool=0true) ~ %!d(bool=false) ~ 00007 ~ %!d(main.name=000nm) ~ {00001 -0002}
// expect: &{00003 00004} ~ 00000 ~ map[] ~ [] ~ %!d(<nil>) ~ [00001 00002 00003] ~ [%!d(string=0000a) %!d(string=00b c)] ~ [00001 %!d(string=0000x) <nil> %!d(float64=002.5)] ~ [%!d(bool=0true) %!d(bool=false) %!d(bool=0true)] ~ map[%!d(string=0000a):00002 %!d(string=0000m):00003 %!d(string=0000z):00001]
// expect: map[-0001:%!d(string=0000x) 00003:%!d(string=0000c)] ~ map[{00001 00005}:%!d(bool=false) {00002 00001}:%!d(bool=0true)] ~ [00098 00121 00116 00101 00115] ~ [00065 00066 00067 00068] ~ [00110 00097 00109 00101 00100] ~ 00007 ~ %!d(main.bl=0true) ~ [00070 00071] ~ {%!d(string=0000S)} ~ &{%!d(string=0000P)}
// expect: [{%!d(string=0000q)} {%!d(string=0000r)}] ~ {{%!d(string=000in)} <nil> {%!d(string=0000w)} {%!d(string=0000u)}} ~ &{<nil> <nil> <nil> {%!d(string=00000)}} ~ &{00009} ~ &{%!d(string=plain)} ~ 00003 ~ 00000 ~ {00004} ~ [{00001}] ~ F[d 5 true 0 false false false false true false]
// expect: [F[d 5 true 0 false false false false true false]] ~ {00000 00000 map[] 00000 00000} ~ &{00000 00000 map[%!d(string=0000k):{00001 00002}] 00000 00000} ~ {{00001 00002} 00000} ~ {} ~ [{}] ~ {00001 %!d(string=0000b)} ~ [[00001] [00002 00003] []] ~ map[%!d(float64=-0001):%!d(string=0000b) %!d(float64=00001):%!d(string=0000a)] ~ %!d(main.f32=001.5)
// expect: %!d(bool=0true) ~ 00255 ~ [%!d(float32=000.1) %!d(float32=00002)] ~ [] ~ [<nil>] ~ map[%!d(bool=false):00000 %!d(bool=0true):00001] ~ %!d(bool=false) ~ [] ~ 00000 ~ [[00072] [00073]]
// expect: [00074 00075] ~ {00000} ~ [00104 00233] ~ %05d
// expect: %!d(<nil>) ~ +1 ~ -7 ~ +0 ~ -3 ~ +200 ~ +18446744073709551615 ~ -9223372036854775808 ~ +120 ~ +19990
// expect: %!d(float64=+3.14) ~ %!d(float64=-2.5) ~ %!d(float64=+0) ~ %!d(float64=+1e+20) ~ %!d(float64=+1e+21) ~ %!d(float64=+1e-07) ~ %!d(float64=+1.23456789e+08) ~ %!d(float32=+0.1) ~ %!d(float64=+Inf) ~ %!d(float64=-Inf)
// expect: %!d(float64=+NaN) ~ %!d(string=hello) ~ %!d(string=) ~ %!d(string=a"b	世) ~ %!d(string=`bq`) ~ %!d(bool=true) ~ %!d(bool=false) ~ +7 ~ %!d(main.name=nm) ~ {+1 -2}
// expect: &{+3 +4} ~ +0 ~ map[] ~ [] ~ %!d(<nil>) ~ [+1 +2 +3] ~ [%!d(string=a) %!d(string=b c)] ~ [+1 %!d(string=x) <nil> %!d(float64=+2.5)] ~ [%!d(bool=true) %!d(bool=false) %!d(bool=true)] ~ map[%!d(string=a):+2 %!d(string=m):+3 %!d(string=z):+1]
// expect: map[-1:%!d(string=x) +3:%!d(string=c)] ~ map[{+1 +5}:%!d(bool=false) {+2 +1}:%!d(bool=true)] ~ [+98 +121 +116 +101 +115] ~ [+65 +66 +67 +68] ~ [+110 +97 +109 +101 +100] ~ +7 ~ %!d(main.bl=true) ~ [+70 +71] ~ {%!d(string=S)} ~ &{%!d(string=P)}
// expect: [{%!d(string=q)} {%!d(string=r)}] ~ {{%!d(string=in)} <nil> {%!d(string=w)} {%!d(string=u)}} ~ &{<nil> <nil> <nil> {%!d(string=)}} ~ &{+9} ~ &{%!d(string=plain)} ~ +3 ~ +0 ~ {+4} ~ [{+1}] ~ F[d 0 false 0 false true false false false false]
// expect: [F[d 0 false 0 false true false false false false]] ~ {+0 +0 map[] +0 +0} ~ &{+0 +0 map[%!d(string=k):{+1 +2}] +0 +0} ~ {{+1 +2} +0} ~ {} ~ [{}] ~ {+1 %!d(string=b)} ~ [[+1] [+2 +3] []] ~ map[%!d(float64=-1):%!d(string=b) %!d(float64=+1):%!d(string=a)] ~ %!d(main.f32=+1.5)
// expect: %!d(bool=true) ~ +255 ~ [%!d(float32=+0.1) %!d(float32=+2)] ~ [] ~ [<nil>] ~ map[%!d(bool=false):+0 %!d(bool=true):+1] ~ %!d(bool=false) ~ [] ~ +0 ~ [[+72] [+73]]
// expect: [+74 +75] ~ {+0} ~ [+104 +233] ~ %+d
// expect: %!d(<nil>) ~  1 ~ -7 ~  0 ~ -3 ~  200 ~  18446744073709551615 ~ -9223372036854775808 ~  120 ~  19990
// expect: %!d(float64= 3.14) ~ %!d(float64=-2.5) ~ %!d(float64= 0) ~ %!d(float64= 1e+20) ~ %!d(float64= 1e+21) ~ %!d(float64= 1e-07) ~ %!d(float64= 1.23456789e+08) ~ %!d(float32= 0.1) ~ %!d(float64= Inf) ~ %!d(float64=-Inf)
// expect: %!d(float64= NaN) ~ %!d(string=hello) ~ %!d(string=) ~ %!d(string=a"b	世) ~ %!d(string=`bq`) ~ %!d(bool=true) ~ %!d(bool=false) ~  7 ~ %!d(main.name=nm) ~ { 1 -2}
// expect: &{ 3  4} ~  0 ~ map[] ~ [] ~ %!d(<nil>) ~ [ 1  2  3] ~ [%!d(string=a) %!d(string=b c)] ~ [ 1 %!d(string=x) <nil> %!d(float64= 2.5)] ~ [%!d(bool=true) %!d(bool=false) %!d(bool=true)] ~ map[%!d(string=a): 2 %!d(string=m): 3 %!d(string=z): 1]
// expect: map[-1:%!d(string=x)  3:%!d(string=c)] ~ map[{ 1  5}:%!d(bool=false) { 2  1}:%!d(bool=true)] ~ [ 98  121  116  101  115] ~ [ 65  66  67  68] ~ [ 110  97  109  101  100] ~  7 ~ %!d(main.bl=true) ~ [ 70  71] ~ {%!d(string=S)} ~ &{%!d(string=P)}
// expect: [{%!d(string=q)} {%!d(string=r)}] ~ {{%!d(string=in)} <nil> {%!d(string=w)} {%!d(string=u)}} ~ &{<nil> <nil> <nil> {%!d(string=)}} ~ &{ 9} ~ &{%!d(string=plain)} ~  3 ~  0 ~ { 4} ~ [{ 1}] ~ F[d 0 false 0 false false false false false true]
// expect: [F[d 0 false 0 false false false false false true]] ~ { 0  0 map[]  0  0} ~ &{ 0  0 map[%!d(string=k):{ 1  2}]  0  0} ~ {{ 1  2}  0} ~ {} ~ [{}] ~ { 1 %!d(string=b)} ~ [[ 1] [ 2  3] []] ~ map[%!d(float64=-1):%!d(string=b) %!d(float64= 1):%!d(string=a)] ~ %!d(main.f32= 1.5)
// expect: %!d(bool=true) ~  255 ~ [%!d(float32= 0.1) %!d(float32= 2)] ~ [] ~ [<nil>] ~ map[%!d(bool=false): 0 %!d(bool=true): 1] ~ %!d(bool=false) ~ [] ~  0 ~ [[ 72] [ 73]]
// expect: [ 74  75] ~ { 0} ~ [ 104  233] ~ % d
// expect: %!x(<nil>) ~ 0x1 ~ -0x7 ~ 0x0 ~ -0x3 ~ 0xc8 ~ 0xffffffffffffffff ~ -0x8000000000000000 ~ 0x78 ~ 0x4e16
// expect: 0x1.91eb851eb851fp+01 ~ -0x1.4000p+01 ~ 0x0.0000p+00 ~ 0x1.5af1d78b58c4p+66 ~ 0x1.b1ae4d6e2ef5p+69 ~ 0x1.ad7f29abcaf48p-24 ~ 0x1.d6f3454p+26 ~ 0x1.99999ap-04 ~ +Inf ~ -Inf
// expect: NaN ~ 0x68656c6c6f ~  ~ 0x61226209e4b896 ~ 0x60627160 ~ %!x(bool=true) ~ %!x(bool=false) ~ 0x7 ~ 0x6e6d ~ {0x1 -0x2}
// expect: &{0x3 0x4} ~ 0x0 ~ map[] ~ [] ~ %!x(<nil>) ~ [0x1 0x2 0x3] ~ [0x61 0x622063] ~ [0x1 0x78 <nil> 0x1.4000p+01] ~ [%!x(bool=true) %!x(bool=false) %!x(bool=true)] ~ map[0x61:0x2 0x6d:0x3 0x7a:0x1]
// expect: map[-0x1:0x78 0x3:0x63] ~ map[{0x1 0x5}:%!x(bool=false) {0x2 0x1}:%!x(bool=true)] ~ 0x6279746573 ~ 0x41424344 ~ 0x6e616d6564 ~ 0x7 ~ %!x(main.bl=true) ~ 0x4647 ~ 0x3c533e ~ 0x3c503e
// expect: [0x3c713e 0x3c723e] ~ {0x3c696e3e <nil> {0x77} {0x75}} ~ &{<nil> <nil> <nil> {}} ~ 0x706572722039 ~ 0x706c61696e ~ %!x(PANIC=String method: oops) ~ <nil> ~ {0x4} ~ [{0x1}] ~ F[x 0 false 0 false false false true false false]
// expect: [F[x 0 false 0 false false false true false false]] ~ {0x0 0x0 map[] 0x0 0x0} ~ &{0x0 0x0 map[0x6b:{0x1 0x2}] 0x0 0x0} ~ %!x(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {0x1 0x62} ~ [[0x1] [0x2 0x3] []] ~ map[-0x1.0000p+00:0x62 0x1.0000p+00:0x61] ~ 0x1.8000p+00
// expect: %!x(bool=true) ~ 0xff ~ [0x1.99999ap-04 0x1.0000p+01] ~ [] ~ [<nil>] ~ map[%!x(bool=false):0x0 %!x(bool=true):0x1] ~ %!x(bool=false) ~ [] ~ 0x0 ~ [0x48 0x49]
// expect: 0x4a4b ~ {0x0} ~ [0x68 0xe9] ~ %#x
// expect: %!o(<nil>) ~ 01 ~ -07 ~ 0 ~ -03 ~ 0310 ~ 01777777777777777777777 ~ -01000000000000000000000 ~ 0170 ~ 047026
// expect: %!o(float64=3.14000) ~ %!o(float64=-2.50000) ~ %!o(float64=0.00000) ~ %!o(float64=1.00000e+20) ~ %!o(float64=1.00000e+21) ~ %!o(float64=1.00000e-07) ~ %!o(float64=1.23456789e+08) ~ %!o(float32=0.100000) ~ %!o(float64=+Inf) ~ %!o(float64=-Inf)
// expect: %!o(float64=NaN) ~ %!o(string=hello) ~ %!o(string=) ~ %!o(string=a"b	世) ~ %!o(string=`bq`) ~ %!o(bool=true) ~ %!o(bool=false) ~ 07 ~ %!o(main.name=nm) ~ {01 -02}
// expect: &{03 04} ~ 0 ~ map[] ~ [] ~ %!o(<nil>) ~ [01 02 03] ~ [%!o(string=a) %!o(string=b c)] ~ [01 %!o(string=x) <nil> %!o(float64=2.50000)] ~ [%!o(bool=true) %!o(bool=false) %!o(bool=true)] ~ map[%!o(string=a):02 %!o(string=m):03 %!o(string=z):01]
// expect: map[-01:%!o(string=x) 03:%!o(string=c)] ~ map[{01 05}:%!o(bool=false) {02 01}:%!o(bool=true)] ~ [0142 0171 0164 0145 0163] ~ [0101 0102 0103 0104] ~ [0156 0141 0155 0145 0144] ~ 07 ~ %!o(main.bl=true) ~ [0106 0107] ~ {%!o(string=S)} ~ &{%!o(string=P)}
// expect: [{%!o(string=q)} {%!o(string=r)}] ~ {{%!o(string=in)} <nil> {%!o(string=w)} {%!o(string=u)}} ~ &{<nil> <nil> <nil> {%!o(string=)}} ~ &{011} ~ &{%!o(string=plain)} ~ 03 ~ 0 ~ {04} ~ [{01}] ~ F[o 0 false 0 false false false true false false]
// expect: [F[o 0 false 0 false false false true false false]] ~ {0 0 map[] 0 0} ~ &{0 0 map[%!o(string=k):{01 02}] 0 0} ~ {{01 02} 0} ~ {} ~ [{}] ~ {01 %!o(string=b)} ~ [[01] [02 03] []] ~ map[%!o(float64=-1.00000):%!o(string=b) %!o(float64=1.00000):%!o(string=a)] ~ %!o(main.f32=1.50000)
// expect: %!o(bool=true) ~ 0377 ~ [%!o(float32=0.100000) %!o(float32=2.00000)] ~ [] ~ [<nil>] ~ map[%!o(bool=false):0 %!o(bool=true):01] ~ %!o(bool=false) ~ [] ~ 0 ~ [[0110] [0111]]
// expect: [0112 0113] ~ {0} ~ [0150 0351] ~ %#o
// expect: %!q(<nil>) ~ '\x01' ~ '�' ~ '\x00' ~ '�' ~ 'È' ~ '�' ~ '�' ~ 'x' ~ '世'
// expect: %!q(float64=3.14000) ~ %!q(float64=-2.50000) ~ %!q(float64=0.00000) ~ %!q(float64=1.00000e+20) ~ %!q(float64=1.00000e+21) ~ %!q(float64=1.00000e-07) ~ %!q(float64=1.23456789e+08) ~ %!q(float32=0.100000) ~ %!q(float64=+Inf) ~ %!q(float64=-Inf)
// expect: %!q(float64=NaN) ~ `hello` ~ `` ~ `a"b	世` ~ "`bq`" ~ %!q(bool=true) ~ %!q(bool=false) ~ '\a' ~ `nm` ~ {'\x01' '�'}
// expect: &{'\x03' '\x04'} ~ %!q(*main.pt=<nil>) ~ map[] ~ [] ~ %!q(<nil>) ~ ['\x01' '\x02' '\x03'] ~ [`a` `b c`] ~ ['\x01' `x` <nil> %!q(float64=2.50000)] ~ [%!q(bool=true) %!q(bool=false) %!q(bool=true)] ~ map[`a`:'\x02' `m`:'\x03' `z`:'\x01']
// expect: map['�':`x` '\x03':`c`] ~ map[{'\x01' '\x05'}:%!q(bool=false) {'\x02' '\x01'}:%!q(bool=true)] ~ `bytes` ~ `ABCD` ~ `named` ~ '\a' ~ %!q(main.bl=true) ~ `FG` ~ `<S>` ~ `<P>`
// expect: [`<q>` `<r>`] ~ {`<in>` <nil> {`w`} {`u`}} ~ &{<nil> <nil> <nil> {``}} ~ `perr 9` ~ `plain` ~ %!q(PANIC=String method: oops) ~ <nil> ~ {'\x04'} ~ [{'\x01'}] ~ F[q 0 false 0 false false false true false false]
// expect: [F[q 0 false 0 false false false true false false]] ~ {%!q(*main.tree=<nil>) %!q(*main.tree=<nil>) map[] %!q(func()=<nil>) %!q(chan int=<nil>)} ~ &{%!q(*main.tree=<nil>) %!q(*main.tree=<nil>) map[`k`:{'\x01' '\x02'}] %!q(func()=<nil>) %!q(chan int=<nil>)} ~ %!q(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {'\x01' `b`} ~ [['\x01'] ['\x02' '\x03'] []] ~ map[%!q(float64=-1.00000):`b` %!q(float64=1.00000):`a`] ~ %!q(main.f32=1.50000)
// expect: %!q(bool=true) ~ 'ÿ' ~ [%!q(float32=0.100000) %!q(float32=2.00000)] ~ [] ~ [<nil>] ~ map[%!q(bool=false):'\x00' %!q(bool=true):'\x01'] ~ %!q(bool=false) ~ [] ~ %!q(*int=<nil>) ~ [`H` `I`]
// expect: `JK` ~ {%!q(*int=<nil>)} ~ ['h' 'é'] ~ %#q
// expect: %!q(<nil>) ~ '\x01' ~ '\ufffd' ~ '\x00' ~ '\ufffd' ~ '\u00c8' ~ '\ufffd' ~ '\ufffd' ~ 'x' ~ '\u4e16'
// expect: %!q(float64=+3.14) ~ %!q(float64=-2.5) ~ %!q(float64=+0) ~ %!q(float64=+1e+20) ~ %!q(float64=+1e+21) ~ %!q(float64=+1e-07) ~ %!q(float64=+1.23456789e+08) ~ %!q(float32=+0.1) ~ %!q(float64=+Inf) ~ %!q(float64=-Inf)
// expect: %!q(float64=+NaN) ~ "hello" ~ "" ~ "a\"b\t\u4e16" ~ "`bq`" ~ %!q(bool=true) ~ %!q(bool=false) ~ '\a' ~ "nm" ~ {'\x01' '\ufffd'}
// expect: &{'\x03' '\x04'} ~ %!q(*main.pt=<nil>) ~ map[] ~ [] ~ %!q(<nil>) ~ ['\x01' '\x02' '\x03'] ~ ["a" "b c"] ~ ['\x01' "x" <nil> %!q(float64=+2.5)] ~ [%!q(bool=true) %!q(bool=false) %!q(bool=true)] ~ map["a":'\x02' "m":'\x03' "z":'\x01']
// expect: map['\ufffd':"x" '\x03':"c"] ~ map[{'\x01' '\x05'}:%!q(bool=false) {'\x02' '\x01'}:%!q(bool=true)] ~ "bytes" ~ "ABCD" ~ "named" ~ '\a' ~ %!q(main.bl=true) ~ "FG" ~ "<S>" ~ "<P>"
// expect: ["<q>" "<r>"] ~ {"<in>" <nil> {"w"} {"u"}} ~ &{<nil> <nil> <nil> {""}} ~ "perr 9" ~ "plain" ~ %!q(PANIC=String method: oops) ~ <nil> ~ {'\x04'} ~ [{'\x01'}] ~ F[q 0 false 0 false true false false false false]
// expect: [F[q 0 false 0 false true false false false false]] ~ {%!q(*main.tree=<nil>) %!q(*main.tree=<nil>) map[] %!q(func()=<nil>) %!q(chan int=<nil>)} ~ &{%!q(*main.tree=<nil>) %!q(*main.tree=<nil>) map["k":{'\x01' '\x02'}] %!q(func()=<nil>) %!q(chan int=<nil>)} ~ %!q(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {'\x01' "b"} ~ [['\x01'] ['\x02' '\x03'] []] ~ map[%!q(float64=-1):"b" %!q(float64=+1):"a"] ~ %!q(main.f32=+1.5)
// expect: %!q(bool=true) ~ '\u00ff' ~ [%!q(float32=+0.1) %!q(float32=+2)] ~ [] ~ [<nil>] ~ map[%!q(bool=false):'\x00' %!q(bool=true):'\x01'] ~ %!q(bool=false) ~ [] ~ %!q(*int=<nil>) ~ ["H" "I"]
// expect: "JK" ~ {%!q(*int=<nil>)} ~ ['h' '\u00e9'] ~ %+q
// expect: %!x(<nil>) ~  1 ~ -7 ~  0 ~ -3 ~  c8 ~  ffffffffffffffff ~ -8000000000000000 ~  78 ~  4e16
// expect:  0x1.91eb851eb851fp+01 ~ -0x1.4p+01 ~  0x0p+00 ~  0x1.5af1d78b58c4p+66 ~  0x1.b1ae4d6e2ef5p+69 ~  0x1.ad7f29abcaf48p-24 ~  0x1.d6f3454p+26 ~  0x1.99999ap-04 ~  Inf ~ -Inf
// expect:  NaN ~ 68 65 6c 6c 6f ~  ~ 61 22 62 09 e4 b8 96 ~ 60 62 71 60 ~ %!x(bool=true) ~ %!x(bool=false) ~  7 ~ 6e 6d ~ { 1 -2}
// expect: &{ 3  4} ~  0 ~ map[] ~ [] ~ %!x(<nil>) ~ [ 1  2  3] ~ [61 62 20 63] ~ [ 1 78 <nil>  0x1.4p+01] ~ [%!x(bool=true) %!x(bool=false) %!x(bool=true)] ~ map[61: 2 6d: 3 7a: 1]
// expect: map[-1:78  3:63] ~ map[{ 1  5}:%!x(bool=false) { 2  1}:%!x(bool=true)] ~ 62 79 74 65 73 ~ 41 42 43 44 ~ 6e 61 6d 65 64 ~  7 ~ %!x(main.bl=true) ~ 46 47 ~ 3c 53 3e ~ 3c 50 3e
// expect: [3c 71 3e 3c 72 3e] ~ {3c 69 6e 3e <nil> {77} {75}} ~ &{<nil> <nil> <nil> {}} ~ 70 65 72 72 20 39 ~ 70 6c 61 69 6e ~ %!x(PANIC=String method: oops) ~ <nil> ~ { 4} ~ [{ 1}] ~ F[x 0 false 0 false false false false false true]
// expect: [F[x 0 false 0 false false false false false true]] ~ { 0  0 map[]  0  0} ~ &{ 0  0 map[6b:{ 1  2}]  0  0} ~ %!x(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ { 1 62} ~ [[ 1] [ 2  3] []] ~ map[-0x1p+00:62  0x1p+00:61] ~  0x1.8p+00
// expect: %!x(bool=true) ~  ff ~ [ 0x1.99999ap-04  0x1p+01] ~ [] ~ [<nil>] ~ map[%!x(bool=false): 0 %!x(bool=true): 1] ~ %!x(bool=false) ~ [] ~  0 ~ [48 49]
// expect: 4a 4b ~ { 0} ~ [ 68  e9] ~ % x
// expect: %!f(<nil>) ~ %!f(int=     001) ~ %!f(int=    -007) ~ %!f(int=     000) ~ %!f(int8=    -003) ~ %!f(uint8=     200) ~ %!f(uint64=18446744073709551615) ~ %!f(int64=-9223372036854775808) ~ %!f(int32=     120) ~ %!f(int32=   19990)
// expect:    3.140 ~   -2.500 ~    0.000 ~ 100000000000000000000.000 ~ 1000000000000000000000.000 ~    0.000 ~ 123456789.000 ~    0.100 ~     +Inf ~     -Inf
// expect:      NaN ~ %!f(string=     hel) ~ %!f(string=        ) ~ %!f(string=     a"b) ~ %!f(string=     `bq) ~ %!f(bool=    true) ~ %!f(bool=   false) ~ %!f(main.code=     007) ~ %!f(main.name=      nm) ~ {%!f(int=     001) %!f(int=    -002)}
// expect: &{%!f(int=     003) %!f(int=     004)} ~ %!f(*main.pt=   <nil>) ~ map[] ~ [] ~ %!f(<nil>) ~ [%!f(int=     001) %!f(int=     002) %!f(int=     003)] ~ [%!f(string=       a) %!f(string=     b c)] ~ [%!f(int=     001) %!f(string=       x) <nil>    2.500] ~ [%!f(bool=    true) %!f(bool=   false) %!f(bool=    true)] ~ map[%!f(string=       a):%!f(int=     002) %!f(string=       m):%!f(int=     003) %!f(string=       z):%!f(int=     001)]
// expect: map[%!f(int=    -001):%!f(string=       x) %!f(int=     003):%!f(string=       c)] ~ map[{%!f(int=     001) %!f(int=     005)}:%!f(bool=   false) {%!f(int=     002) %!f(int=     001)}:%!f(bool=    true)] ~ [%!f(uint8=     098) %!f(uint8=     121) %!f(uint8=     116) %!f(uint8=     101) %!f(uint8=     115)] ~ [%!f(uint8=     065) %!f(uint8=     066) %!f(uint8=     067) %!f(uint8=     068)] ~ [%!f(uint8=     110) %!f(uint8=     097) %!f(uint8=     109) %!f(uint8=     101) %!f(uint8=     100)] ~ %!f(main.bt=     007) ~ %!f(main.bl=    true) ~ [%!f(uint8=     070) %!f(uint8=     071)] ~ {%!f(string=       S)} ~ &{%!f(string=       P)}
// expect: [{%!f(string=       q)} {%!f(string=       r)}] ~ {{%!f(string=      in)} <nil> {%!f(string=       w)} {%!f(string=       u)}} ~ &{<nil> <nil> <nil> {%!f(string=        )}} ~ &{%!f(int=     009)} ~ &{%!f(string=     pla)} ~ %!f(main.pan=     003) ~ %!f(*main.npan=   <nil>) ~ {%!f(int=     004)} ~ [{%!f(int=     001)}] ~ F[f 8 true 3 true false false false false false]
// expect: [F[f 8 true 3 true false false false false false]] ~ {%!f(*main.tree=   <nil>) %!f(*main.tree=   <nil>) map[] %!f(func()=   <nil>) %!f(chan int=   <nil>)} ~ &{%!f(*main.tree=   <nil>) %!f(*main.tree=   <nil>) map[%!f(string=       k):{%!f(int=     001) %!f(int=     002)}] %!f(func()=   <nil>) %!f(chan int=   <nil>)} ~ {{%!f(int=     001) %!f(int=     002)} %!f(*main.perr=   <nil>)} ~ {} ~ [{}] ~ {%!f(int=     001) %!f(string=       b)} ~ [[%!f(int=     001)] [%!f(int=     002) %!f(int=     003)] []] ~ map[  -1.000:%!f(string=       b)    1.000:%!f(string=       a)] ~    1.500
// expect: %!f(bool=    true) ~ %!f(uintptr=     255) ~ [   0.100    2.000] ~ [] ~ [<nil>] ~ map[%!f(bool=   false):%!f(int=     000) %!f(bool=    true):%!f(int=     001)] ~ %!f(bool=   false) ~ [] ~ %!f(*int=   <nil>) ~ [[%!f(uint8=     072)] [%!f(uint8=     073)]]
// expect: [%!f(main.bt=     074) %!f(main.bt=     075)] ~ {%!f(*int=   <nil>)} ~ [%!f(int32=     104) %!f(int32=     233)] ~ %8.3f
// expect: %!f(<nil>)| ~ %!f(int=001     )| ~ %!f(int=-007    )| ~ %!f(int=000     )| ~ %!f(int8=-003    )| ~ %!f(uint8=200     )| ~ %!f(uint64=18446744073709551615)| ~ %!f(int64=-9223372036854775808)| ~ %!f(int32=120     )| ~ %!f(int32=19990   )|
// expect: 3.140   | ~ -2.500  | ~ 0.000   | ~ 100000000000000000000.000| ~ 1000000000000000000000.000| ~ 0.000   | ~ 123456789.000| ~ 0.100   | ~ +Inf    | ~ -Inf    |
// expect: NaN     | ~ %!f(string=hel     )| ~ %!f(string=        )| ~ %!f(string=a"b     )| ~ %!f(string=`bq     )| ~ %!f(bool=true    )| ~ %!f(bool=false   )| ~ %!f(main.code=007     )| ~ %!f(main.name=nm      )| ~ {%!f(int=001     ) %!f(int=-002    )}|
// expect: &{%!f(int=003     ) %!f(int=004     )}| ~ %!f(*main.pt=<nil>   )| ~ map[]| ~ []| ~ %!f(<nil>)| ~ [%!f(int=001     ) %!f(int=002     ) %!f(int=003     )]| ~ [%!f(string=a       ) %!f(string=b c     )]| ~ [%!f(int=001     ) %!f(string=x       ) <nil> 2.500   ]| ~ [%!f(bool=true    ) %!f(bool=false   ) %!f(bool=true    )]| ~ map[%!f(string=a       ):%!f(int=002     ) %!f(string=m       ):%!f(int=003     ) %!f(string=z       ):%!f(int=001     )]|
// expect: map[%!f(int=-001    ):%!f(string=x       ) %!f(int=003     ):%!f(string=c       )]| ~ map[{%!f(int=001     ) %!f(int=005     )}:%!f(bool=false   ) {%!f(int=002     ) %!f(int=001     )}:%!f(bool=true    )]| ~ [%!f(uint8=098     ) %!f(uint8=121     ) %!f(uint8=116     ) %!f(uint8=101     ) %!f(uint8=115     )]| ~ [%!f(uint8=065     ) %!f(uint8=066     ) %!f(uint8=067     ) %!f(uint8=068     )]| ~ [%!f(uint8=110     ) %!f(uint8=097     ) %!f(uint8=109     ) %!f(uint8=101     ) %!f(uint8=100     )]| ~ %!f(main.bt=007     )| ~ %!f(main.bl=true    )| ~ [%!f(uint8=070     ) %!f(uint8=071     )]| ~ {%!f(string=S       )}| ~ &{%!f(string=P       )}|
// expect: [{%!f(string=q       )} {%!f(string=r       )}]| ~ {{%!f(string=in      )} <nil> {%!f(string=w       )} {%!f(string=u       )}}| ~ &{<nil> <nil> <nil> {%!f(string=        )}}| ~ &{%!f(int=009     )}| ~ &{%!f(string=pla     )}| ~ %!f(main.pan=003     )| ~ %!f(*main.npan=<nil>   )| ~ {%!f(int=004     )}| ~ [{%!f(int=001     )}]| ~ F[f 8 true 3 true false true false false false]|
// expect: [F[f 8 true 3 true false true false false false]]| ~ {%!f(*main.tree=<nil>   ) %!f(*main.tree=<nil>   ) map[] %!f(func()=<nil>   ) %!f(chan int=<nil>   )}| ~ &{%!f(*main.tree=<nil>   ) %!f(*main.tree=<nil>   ) map[%!f(string=k       ):{%!f(int=001     ) %!f(int=002     )}] %!f(func()=<nil>   ) %!f(chan int=<nil>   )}| ~ {{%!f(int=001     ) %!f(int=002     )} %!f(*main.perr=<nil>   )}| ~ {}| ~ [{}]| ~ {%!f(int=001     ) %!f(string=b       )}| ~ [[%!f(int=001     )] [%!f(int=002     ) %!f(int=003     )] []]| ~ map[-1.000  :%!f(string=b       ) 1.000   :%!f(string=a       )]| ~ 1.500   |
// expect: %!f(bool=true    )| ~ %!f(uintptr=255     )| ~ [0.100    2.000   ]| ~ []| ~ [<nil>]| ~ map[%!f(bool=false   ):%!f(int=000     ) %!f(bool=true    ):%!f(int=001     )]| ~ %!f(bool=false   )| ~ []| ~ %!f(*int=<nil>   )| ~ [[%!f(uint8=072     )] [%!f(uint8=073     )]]|
// expect: [%!f(main.bt=074     ) %!f(main.bt=075     )]| ~ {%!f(*int=<nil>   )}| ~ [%!f(int32=104     ) %!f(int32=233     )]| ~ %-8.3f|
// expect: %!f(<nil>) ~ %!f(int=     001) ~ %!f(int=    -007) ~ %!f(int=     000) ~ %!f(int8=    -003) ~ %!f(uint8=     200) ~ %!f(uint64=18446744073709551615) ~ %!f(int64=-9223372036854775808) ~ %!f(int32=     120) ~ %!f(int32=   19990)
// expect: 0003.140 ~ -002.500 ~ 0000.000 ~ 100000000000000000000.000 ~ 1000000000000000000000.000 ~ 0000.000 ~ 123456789.000 ~ 0000.100 ~     +Inf ~     -Inf
// expect:      NaN ~ %!f(string=00000hel) ~ %!f(string=00000000) ~ %!f(string=00000a"b) ~ %!f(string=00000`bq) ~ %!f(bool=0000true) ~ %!f(bool=000false) ~ %!f(main.code=     007) ~ %!f(main.name=000000nm) ~ {%!f(int=     001) %!f(int=    -002)}
// expect: &{%!f(int=     003) %!f(int=     004)} ~ %!f(*main.pt=000<nil>) ~ map[] ~ [] ~ %!f(<nil>) ~ [%!f(int=     001) %!f(int=     002) %!f(int=     003)] ~ [%!f(string=0000000a) %!f(string=00000b c)] ~ [%!f(int=     001) %!f(string=0000000x) <nil> 0002.500] ~ [%!f(bool=0000true) %!f(bool=000false) %!f(bool=0000true)] ~ map[%!f(string=0000000a):%!f(int=     002) %!f(string=0000000m):%!f(int=     003) %!f(string=0000000z):%!f(int=     001)]
// expect: map[%!f(int=    -001):%!f(string=0000000x) %!f(int=     003):%!f(string=0000000c)] ~ map[{%!f(int=     001) %!f(int=     005)}:%!f(bool=000false) {%!f(int=     002) %!f(int=     001)}:%!f(bool=0000true)] ~ [%!f(uint8=     098) %!f(uint8=     121) %!f(uint8=     116) %!f(uint8=     101) %!f(uint8=     115)] ~ [%!f(uint8=     065) %!f(uint8=     066) %!f(uint8=     067) %!f(uint8=     068)] ~ [%!f(uint8=     110) %!f(uint8=     097) %!f(uint8=     109) %!f(uint8=     101) %!f(uint8=     100)] ~ %!f(main.bt=     007) ~ %!f(main.bl=0000true) ~ [%!f(uint8=     070) %!f(uint8=     071)] ~ {%!f(string=0000000S)} ~ &{%!f(string=0000000P)}
// expect: [{%!f(string=0000000q)} {%!f(string=0000000r)}] ~ {{%!f(string=000000in)} <nil> {%!f(string=0000000w)} {%!f(string=0000000u)}} ~ &{<nil> <nil> <nil> {%!f(string=00000000)}} ~ &{%!f(int=     009)} ~ &{%!f(string=00000pla)} ~ %!f(main.pan=     003) ~ %!f(*main.npan=000<nil>) ~ {%!f(int=     004)} ~ [{%!f(int=     001)}] ~ F[f 8 true 3 true false false false true false]
// expect: [F[f 8 true 3 true false false false true false]] ~ {%!f(*main.tree=000<nil>) %!f(*main.tree=000<nil>) map[] %!f(func()=000<nil>) %!f(chan int=000<nil>)} ~ &{%!f(*main.tree=000<nil>) %!f(*main.tree=000<nil>) map[%!f(string=0000000k):{%!f(int=     001) %!f(int=     002)}] %!f(func()=000<nil>) %!f(chan int=000<nil>)} ~ {{%!f(int=     001) %!f(int=     002)} %!f(*main.perr=000<nil>)} ~ {} ~ [{}] ~ {%!f(int=     001) %!f(string=0000000b)} ~ [[%!f(int=     001)] [%!f(int=     002) %!f(int=     003)] []] ~ map[-001.000:%!f(string=0000000b) 0001.000:%!f(string=0000000a)] ~ 0001.500
// expect: %!f(bool=0000true) ~ %!f(uintptr=     255) ~ [0000.100 0002.000] ~ [] ~ [<nil>] ~ map[%!f(bool=000false):%!f(int=     000) %!f(bool=0000true):%!f(int=     001)] ~ %!f(bool=000false) ~ [] ~ %!f(*int=000<nil>) ~ [[%!f(uint8=     072)] [%!f(uint8=     073)]]
// expect: [%!f(main.bt=     074) %!f(main.bt=     075)] ~ {%!f(*int=000<nil>)} ~ [%!f(int32=     104) %!f(int32=     233)] ~ %08.3f
// expect: %!e(<nil>) ~ %!e(int=+01) ~ %!e(int=-07) ~ %!e(int=+00) ~ %!e(int8=-03) ~ %!e(uint8=+200) ~ %!e(uint64=+18446744073709551615) ~ %!e(int64=-9223372036854775808) ~ %!e(int32=+120) ~ %!e(int32=+19990)
// expect: +3.14e+00 ~ -2.50e+00 ~ +0.00e+00 ~ +1.00e+20 ~ +1.00e+21 ~ +1.00e-07 ~ +1.23e+08 ~ +1.00e-01 ~ +Inf ~ -Inf
// expect: +NaN ~ %!e(string=he) ~ %!e(string=) ~ %!e(string=a") ~ %!e(string=`b) ~ %!e(bool=true) ~ %!e(bool=false) ~ %!e(main.code=+07) ~ %!e(main.name=nm) ~ {%!e(int=+01) %!e(int=-02)}
// expect: &{%!e(int=+03) %!e(int=+04)} ~ %!e(*main.pt=<nil>) ~ map[] ~ [] ~ %!e(<nil>) ~ [%!e(int=+01) %!e(int=+02) %!e(int=+03)] ~ [%!e(string=a) %!e(string=b )] ~ [%!e(int=+01) %!e(string=x) <nil> +2.50e+00] ~ [%!e(bool=true) %!e(bool=false) %!e(bool=true)] ~ map[%!e(string=a):%!e(int=+02) %!e(string=m):%!e(int=+03) %!e(string=z):%!e(int=+01)]
// expect: map[%!e(int=-01):%!e(string=x) %!e(int=+03):%!e(string=c)] ~ map[{%!e(int=+01) %!e(int=+05)}:%!e(bool=false) {%!e(int=+02) %!e(int=+01)}:%!e(bool=true)] ~ [%!e(uint8=+98) %!e(uint8=+121) %!e(uint8=+116) %!e(uint8=+101) %!e(uint8=+115)] ~ [%!e(uint8=+65) %!e(uint8=+66) %!e(uint8=+67) %!e(uint8=+68)] ~ [%!e(uint8=+110) %!e(uint8=+97) %!e(uint8=+109) %!e(uint8=+101) %!e(uint8=+100)] ~ %!e(main.bt=+07) ~ %!e(main.bl=true) ~ [%!e(uint8=+70) %!e(uint8=+71)] ~ {%!e(string=S)} ~ &{%!e(string=P)}
// expect: [{%!e(string=q)} {%!e(string=r)}] ~ {{%!e(string=in)} <nil> {%!e(string=w)} {%!e(string=u)}} ~ &{<nil> <nil> <nil> {%!e(string=)}} ~ &{%!e(int=+09)} ~ &{%!e(string=pl)} ~ %!e(main.pan=+03) ~ %!e(*main.npan=<nil>) ~ {%!e(int=+04)} ~ [{%!e(int=+01)}] ~ F[e 0 false 2 true true false false false false]
// expect: [F[e 0 false 2 true true false false false false]] ~ {%!e(*main.tree=<nil>) %!e(*main.tree=<nil>) map[] %!e(func()=<nil>) %!e(chan int=<nil>)} ~ &{%!e(*main.tree=<nil>) %!e(*main.tree=<nil>) map[%!e(string=k):{%!e(int=+01) %!e(int=+02)}] %!e(func()=<nil>) %!e(chan int=<nil>)} ~ {{%!e(int=+01) %!e(int=+02)} %!e(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!e(int=+01) %!e(string=b)} ~ [[%!e(int=+01)] [%!e(int=+02) %!e(int=+03)] []] ~ map[-1.00e+00:%!e(string=b) +1.00e+00:%!e(string=a)] ~ +1.50e+00
// expect: %!e(bool=true) ~ %!e(uintptr=+255) ~ [+1.00e-01 +2.00e+00] ~ [] ~ [<nil>] ~ map[%!e(bool=false):%!e(int=+00) %!e(bool=true):%!e(int=+01)] ~ %!e(bool=false) ~ [] ~ %!e(*int=<nil>) ~ [[%!e(uint8=+72)] [%!e(uint8=+73)]]
// expect: [%!e(main.bt=+74) %!e(main.bt=+75)] ~ {%!e(*int=<nil>)} ~ [%!e(int32=+104) %!e(int32=+233)] ~ %+.2e
// expect: %!g(<nil>) ~ %!g(int=001) ~ %!g(int=-007) ~ %!g(int=000) ~ %!g(int8=-003) ~ %!g(uint8=200) ~ %!g(uint64=18446744073709551615) ~ %!g(int64=-9223372036854775808) ~ %!g(int32=120) ~ %!g(int32=19990)
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 1.23e+08 ~ 0.1 ~ +Inf ~ -Inf
// expect: NaN ~ %!g(string=hel) ~ %!g(string=) ~ %!g(string=a"b) ~ %!g(string=`bq) ~ %!g(bool=true) ~ %!g(bool=false) ~ %!g(main.code=007) ~ %!g(main.name=nm) ~ {%!g(int=001) %!g(int=-002)}
// expect: &{%!g(int=003) %!g(int=004)} ~ %!g(*main.pt=<nil>) ~ map[] ~ [] ~ %!g(<nil>) ~ [%!g(int=001) %!g(int=002) %!g(int=003)] ~ [%!g(string=a) %!g(string=b c)] ~ [%!g(int=001) %!g(string=x) <nil> 2.5] ~ [%!g(bool=true) %!g(bool=false) %!g(bool=true)] ~ map[%!g(string=a):%!g(int=002) %!g(string=m):%!g(int=003) %!g(string=z):%!g(int=001)]
// expect: map[%!g(int=-001):%!g(string=x) %!g(int=003):%!g(string=c)] ~ map[{%!g(int=001) %!g(int=005)}:%!g(bool=false) {%!g(int=002) %!g(int=001)}:%!g(bool=true)] ~ [%!g(uint8=098) %!g(uint8=121) %!g(uint8=116) %!g(uint8=101) %!g(uint8=115)] ~ [%!g(uint8=065) %!g(uint8=066) %!g(uint8=067) %!g(uint8=068)] ~ [%!g(uint8=110) %!g(uint8=097) %!g(uint8=109) %!g(uint8=101) %!g(uint8=100)] ~ %!g(main.bt=007) ~ %!g(main.bl=true) ~ [%!g(uint8=070) %!g(uint8=071)] ~ {%!g(string=S)} ~ &{%!g(string=P)}
// expect: [{%!g(string=q)} {%!g(string=r)}] ~ {{%!g(string=in)} <nil> {%!g(string=w)} {%!g(string=u)}} ~ &{<nil> <nil> <nil> {%!g(string=)}} ~ &{%!g(int=009)} ~ &{%!g(string=pla)} ~ %!g(main.pan=003) ~ %!g(*main.npan=<nil>) ~ {%!g(int=004)} ~ [{%!g(int=001)}] ~ F[g 0 false 3 true false false false false false]
// expect: [F[g 0 false 3 true false false false false false]] ~ {%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ &{%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[%!g(string=k):{%!g(int=001) %!g(int=002)}] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ {{%!g(int=001) %!g(int=002)} %!g(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!g(int=001) %!g(string=b)} ~ [[%!g(int=001)] [%!g(int=002) %!g(int=003)] []] ~ map[-1:%!g(string=b) 1:%!g(string=a)] ~ 1.5
// expect: %!g(bool=true) ~ %!g(uintptr=255) ~ [0.1 2] ~ [] ~ [<nil>] ~ map[%!g(bool=false):%!g(int=000) %!g(bool=true):%!g(int=001)] ~ %!g(bool=false) ~ [] ~ %!g(*int=<nil>) ~ [[%!g(uint8=072)] [%!g(uint8=073)]]
// expect: [%!g(main.bt=074) %!g(main.bt=075)] ~ {%!g(*int=<nil>)} ~ [%!g(int32=104) %!g(int32=233)] ~ %.3g
// expect: %!g(<nil>) ~ %!g(int=1) ~ %!g(int=-7) ~ %!g(int=0) ~ %!g(int8=-3) ~ %!g(uint8=200) ~ %!g(uint64=18446744073709551615) ~ %!g(int64=-9223372036854775808) ~ %!g(int32=120) ~ %!g(int32=19990)
// expect: 3.14000 ~ -2.50000 ~ 0.00000 ~ 1.00000e+20 ~ 1.00000e+21 ~ 1.00000e-07 ~ 1.23456789e+08 ~ 0.100000 ~ +Inf ~ -Inf
// expect: NaN ~ %!g(string=hello) ~ %!g(string=) ~ %!g(string=a"b	世) ~ %!g(string=`bq`) ~ %!g(bool=true) ~ %!g(bool=false) ~ %!g(main.code=7) ~ %!g(main.name=nm) ~ {%!g(int=1) %!g(int=-2)}
// expect: &{%!g(int=3) %!g(int=4)} ~ %!g(*main.pt=<nil>) ~ map[] ~ [] ~ %!g(<nil>) ~ [%!g(int=1) %!g(int=2) %!g(int=3)] ~ [%!g(string=a) %!g(string=b c)] ~ [%!g(int=1) %!g(string=x) <nil> 2.50000] ~ [%!g(bool=true) %!g(bool=false) %!g(bool=true)] ~ map[%!g(string=a):%!g(int=2) %!g(string=m):%!g(int=3) %!g(string=z):%!g(int=1)]
// expect: map[%!g(int=-1):%!g(string=x) %!g(int=3):%!g(string=c)] ~ map[{%!g(int=1) %!g(int=5)}:%!g(bool=false) {%!g(int=2) %!g(int=1)}:%!g(bool=true)] ~ [%!g(uint8=98) %!g(uint8=121) %!g(uint8=116) %!g(uint8=101) %!g(uint8=115)] ~ [%!g(uint8=65) %!g(uint8=66) %!g(uint8=67) %!g(uint8=68)] ~ [%!g(uint8=110) %!g(uint8=97) %!g(uint8=109) %!g(uint8=101) %!g(uint8=100)] ~ %!g(main.bt=7) ~ %!g(main.bl=true) ~ [%!g(uint8=70) %!g(uint8=71)] ~ {%!g(string=S)} ~ &{%!g(string=P)}
// expect: [{%!g(string=q)} {%!g(string=r)}] ~ {{%!g(string=in)} <nil> {%!g(string=w)} {%!g(string=u)}} ~ &{<nil> <nil> <nil> {%!g(string=)}} ~ &{%!g(int=9)} ~ &{%!g(string=plain)} ~ %!g(main.pan=3) ~ %!g(*main.npan=<nil>) ~ {%!g(int=4)} ~ [{%!g(int=1)}] ~ F[g 0 false 0 false false false true false false]
// expect: [F[g 0 false 0 false false false true false false]] ~ {%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ &{%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[%!g(string=k):{%!g(int=1) %!g(int=2)}] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ {{%!g(int=1) %!g(int=2)} %!g(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!g(int=1) %!g(string=b)} ~ [[%!g(int=1)] [%!g(int=2) %!g(int=3)] []] ~ map[-1.00000:%!g(string=b) 1.00000:%!g(string=a)] ~ 1.50000
// expect: %!g(bool=true) ~ %!g(uintptr=255) ~ [0.100000 2.00000] ~ [] ~ [<nil>] ~ map[%!g(bool=false):%!g(int=0) %!g(bool=true):%!g(int=1)] ~ %!g(bool=false) ~ [] ~ %!g(*int=<nil>) ~ [[%!g(uint8=72)] [%!g(uint8=73)]]
// expect: [%!g(main.bt=74) %!g(main.bt=75)] ~ {%!g(*int=<nil>)} ~ [%!g(int32=104) %!g(int32=233)] ~ %#g
// expect: %!s(<nil>) ~ %!s(int=         1) ~ %!s(int=        -7) ~ %!s(int=         0) ~ %!s(int8=        -3) ~ %!s(uint8=       200) ~ %!s(uint64=18446744073709551615) ~ %!s(int64=-9223372036854775808) ~ %!s(int32=       120) ~ %!s(int32=     19990)
// expect: %!s(float64=      3.14) ~ %!s(float64=      -2.5) ~ %!s(float64=         0) ~ %!s(float64=     1e+20) ~ %!s(float64=     1e+21) ~ %!s(float64=     1e-07) ~ %!s(float64=1.23456789e+08) ~ %!s(float32=       0.1) ~ %!s(float64=      +Inf) ~ %!s(float64=      -Inf)
// expect: %!s(float64=       NaN) ~      hello ~            ~      a"b	世 ~       `bq` ~ %!s(bool=      true) ~ %!s(bool=     false) ~ %!s(main.code=         7) ~         nm ~ {%!s(int=         1) %!s(int=        -2)}
// expect: &{%!s(int=         3) %!s(int=         4)} ~ %!s(*main.pt=     <nil>) ~ map[] ~ [] ~ %!s(<nil>) ~ [%!s(int=         1) %!s(int=         2) %!s(int=         3)] ~ [         a        b c] ~ [%!s(int=         1)          x <nil> %!s(float64=       2.5)] ~ [%!s(bool=      true) %!s(bool=     false) %!s(bool=      true)] ~ map[         a:%!s(int=         2)          m:%!s(int=         3)          z:%!s(int=         1)]
// expect: map[%!s(int=        -1):         x %!s(int=         3):         c] ~ map[{%!s(int=         1) %!s(int=         5)}:%!s(bool=     false) {%!s(int=         2) %!s(int=         1)}:%!s(bool=      true)] ~      bytes ~       ABCD ~      named ~ %!s(main.bt=         7) ~ %!s(main.bl=      true) ~         FG ~        <S> ~        <P>
// expect: [       <q>        <r>] ~ {      <in> <nil> {         w} {         u}} ~ &{<nil> <nil> <nil> {          }} ~     perr 9 ~      plain ~ %!s(PANIC=String method: oops) ~ <nil> ~ {%!s(int=         4)} ~ [{%!s(int=         1)}] ~ F[s 10 true 0 false false false false false false]
// expect: [F[s 10 true 0 false false false false false false]] ~ {%!s(*main.tree=     <nil>) %!s(*main.tree=     <nil>) map[] %!s(func()=     <nil>) %!s(chan int=     <nil>)} ~ &{%!s(*main.tree=     <nil>) %!s(*main.tree=     <nil>) map[         k:{%!s(int=         1) %!s(int=         2)}] %!s(func()=     <nil>) %!s(chan int=     <nil>)} ~ %!s(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {%!s(int=         1)          b} ~ [[%!s(int=         1)] [%!s(int=         2) %!s(int=         3)] []] ~ map[%!s(float64=        -1):         b %!s(float64=         1):         a] ~ %!s(main.f32=       1.5)
// expect: %!s(bool=      true) ~ %!s(uintptr=       255) ~ [%!s(float32=       0.1) %!s(float32=         2)] ~ [] ~ [<nil>] ~ map[%!s(bool=     false):%!s(int=         0) %!s(bool=      true):%!s(int=         1)] ~ %!s(bool=     false) ~ [] ~ %!s(*int=     <nil>) ~ [         H          I]
// expect:         JK ~ {%!s(*int=     <nil>)} ~ [%!s(int32=       104) %!s(int32=       233)] ~ %10s
// expect: %!s(<nil>)| ~ %!s(int=1         )| ~ %!s(int=-7        )| ~ %!s(int=0         )| ~ %!s(int8=-3        )| ~ %!s(uint8=200       )| ~ %!s(uint64=18446744073709551615)| ~ %!s(int64=-9223372036854775808)| ~ %!s(int32=120       )| ~ %!s(int32=19990     )|
// expect: %!s(float64=3.14      )| ~ %!s(float64=-2.5      )| ~ %!s(float64=0         )| ~ %!s(float64=1e+20     )| ~ %!s(float64=1e+21     )| ~ %!s(float64=1e-07     )| ~ %!s(float64=1.23456789e+08)| ~ %!s(float32=0.1       )| ~ %!s(float64=+Inf      )| ~ %!s(float64=-Inf      )|
// expect: %!s(float64=NaN       )| ~ hello     | ~           | ~ a"b	世     | ~ `bq`      | ~ %!s(bool=true      )| ~ %!s(bool=false     )| ~ %!s(main.code=7         )| ~ nm        | ~ {%!s(int=1         ) %!s(int=-2        )}|
// expect: &{%!s(int=3         ) %!s(int=4         )}| ~ %!s(*main.pt=<nil>     )| ~ map[]| ~ []| ~ %!s(<nil>)| ~ [%!s(int=1         ) %!s(int=2         ) %!s(int=3         )]| ~ [a          b c       ]| ~ [%!s(int=1         ) x          <nil> %!s(float64=2.5       )]| ~ [%!s(bool=true      ) %!s(bool=false     ) %!s(bool=true      )]| ~ map[a         :%!s(int=2         ) m         :%!s(int=3         ) z         :%!s(int=1         )]|
// expect: map[%!s(int=-1        ):x          %!s(int=3         ):c         ]| ~ map[{%!s(int=1         ) %!s(int=5         )}:%!s(bool=false     ) {%!s(int=2         ) %!s(int=1         )}:%!s(bool=true      )]| ~ bytes     | ~ ABCD      | ~ named     | ~ %!s(main.bt=7         )| ~ %!s(main.bl=true      )| ~ FG        | ~ <S>       | ~ <P>       |
// expect: [<q>        <r>       ]| ~ {<in>       <nil> {w         } {u         }}| ~ &{<nil> <nil> <nil> {          }}| ~ perr 9    | ~ plain     | ~ %!s(PANIC=String method: oops)| ~ <nil>| ~ {%!s(int=4         )}| ~ [{%!s(int=1         )}]| ~ F[s 10 true 0 false false true false false false]|
// expect: [F[s 10 true 0 false false true false false false]]| ~ {%!s(*main.tree=<nil>     ) %!s(*main.tree=<nil>     ) map[] %!s(func()=<nil>     ) %!s(chan int=<nil>     )}| ~ &{%!s(*main.tree=<nil>     ) %!s(*main.tree=<nil>     ) map[k         :{%!s(int=1         ) %!s(int=2         )}] %!s(func()=<nil>     ) %!s(chan int=<nil>     )}| ~ %!s(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference)| ~ {}| ~ [{}]| ~ {%!s(int=1         ) b         }| ~ [[%!s(int=1         )] [%!s(int=2         ) %!s(int=3         )] []]| ~ map[%!s(float64=-1        ):b          %!s(float64=1         ):a         ]| ~ %!s(main.f32=1.5       )|
// expect: %!s(bool=true      )| ~ %!s(uintptr=255       )| ~ [%!s(float32=0.1       ) %!s(float32=2         )]| ~ []| ~ [<nil>]| ~ map[%!s(bool=false     ):%!s(int=0         ) %!s(bool=true      ):%!s(int=1         )]| ~ %!s(bool=false     )| ~ []| ~ %!s(*int=<nil>     )| ~ [H          I         ]|
// expect: JK        | ~ {%!s(*int=<nil>     )}| ~ [%!s(int32=104       ) %!s(int32=233       )]| ~ %-10s|
// expect: %!s(<nil>) ~ %!s(int=01) ~ %!s(int=-07) ~ %!s(int=00) ~ %!s(int8=-03) ~ %!s(uint8=200) ~ %!s(uint64=18446744073709551615) ~ %!s(int64=-9223372036854775808) ~ %!s(int32=120) ~ %!s(int32=19990)
// expect: %!s(float64=3.1) ~ %!s(float64=-2.5) ~ %!s(float64=0) ~ %!s(float64=1e+20) ~ %!s(float64=1e+21) ~ %!s(float64=1e-07) ~ %!s(float64=1.2e+08) ~ %!s(float32=0.1) ~ %!s(float64=+Inf) ~ %!s(float64=-Inf)
// expect: %!s(float64=NaN) ~ he ~  ~ a" ~ `b ~ %!s(bool=true) ~ %!s(bool=false) ~ %!s(main.code=07) ~ nm ~ {%!s(int=01) %!s(int=-02)}
// expect: &{%!s(int=03) %!s(int=04)} ~ %!s(*main.pt=<nil>) ~ map[] ~ [] ~ %!s(<nil>) ~ [%!s(int=01) %!s(int=02) %!s(int=03)] ~ [a b ] ~ [%!s(int=01) x <nil> %!s(float64=2.5)] ~ [%!s(bool=true) %!s(bool=false) %!s(bool=true)] ~ map[a:%!s(int=02) m:%!s(int=03) z:%!s(int=01)]
// expect: map[%!s(int=-01):x %!s(int=03):c] ~ map[{%!s(int=01) %!s(int=05)}:%!s(bool=false) {%!s(int=02) %!s(int=01)}:%!s(bool=true)] ~ by ~ AB ~ na ~ %!s(main.bt=07) ~ %!s(main.bl=true) ~ FG ~ <S ~ <P
// expect: [<q <r] ~ {<i <nil> {w} {u}} ~ &{<nil> <nil> <nil> {}} ~ pe ~ pl ~ %!s(PANIC=String method: oops) ~ <nil> ~ {%!s(int=04)} ~ [{%!s(int=01)}] ~ F[s 0 false 2 true false false false false false]
// expect: [F[s 0 false 2 true false false false false false]] ~ {%!s(*main.tree=<nil>) %!s(*main.tree=<nil>) map[] %!s(func()=<nil>) %!s(chan int=<nil>)} ~ &{%!s(*main.tree=<nil>) %!s(*main.tree=<nil>) map[k:{%!s(int=01) %!s(int=02)}] %!s(func()=<nil>) %!s(chan int=<nil>)} ~ %!s(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {%!s(int=01) b} ~ [[%!s(int=01)] [%!s(int=02) %!s(int=03)] []] ~ map[%!s(float64=-1):b %!s(float64=1):a] ~ %!s(main.f32=1.5)
// expect: %!s(bool=true) ~ %!s(uintptr=255) ~ [%!s(float32=0.1) %!s(float32=2)] ~ [] ~ [<nil>] ~ map[%!s(bool=false):%!s(int=00) %!s(bool=true):%!s(int=01)] ~ %!s(bool=false) ~ [] ~ %!s(*int=<nil>) ~ [H I]
// expect: JK ~ {%!s(*int=<nil>)} ~ [%!s(int32=104) %!s(int32=233)] ~ %.2s
// expect:  <nil> ~      1 ~     -7 ~      0 ~     -3 ~    200 ~ 18446744073709551615 ~ -9223372036854775808 ~    120 ~  19990
// expect:   3.14 ~   -2.5 ~      0 ~  1e+20 ~  1e+21 ~  1e-07 ~ 1.23456789e+08 ~    0.1 ~   +Inf ~   -Inf
// expect:    NaN ~  hello ~        ~  a"b	世 ~   `bq` ~   true ~  false ~      7 ~     nm ~ {     1     -2}
// expect: &{     3      4} ~  <nil> ~ map[] ~ [] ~  <nil> ~ [     1      2      3] ~ [     a    b c] ~ [     1      x <nil>    2.5] ~ [  true  false   true] ~ map[     a:     2      m:     3      z:     1]
// expect: map[    -1:     x      3:     c] ~ map[{     1      5}: false {     2      1}:  true] ~ [    98    121    116    101    115] ~ [    65     66     67     68] ~ [   110     97    109    101    100] ~      7 ~   true ~ [    70     71] ~    <S> ~    <P>
// expect: [   <q>    <r>] ~ {  <in> <nil> {     w} {     u}} ~ &{<nil> <nil> <nil> {      }} ~ perr 9 ~  plain ~ %!v(PANIC=String method: oops) ~ <nil> ~ {     4} ~ [{     1}] ~ F[v 6 true 0 false false false false false false]
// expect: [F[v 6 true 0 false false false false false false]] ~ { <nil>  <nil> map[]  <nil>  <nil>} ~ &{ <nil>  <nil> map[     k:{     1      2}]  <nil>  <nil>} ~ %!v(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {     1      b} ~ [[     1] [     2      3] []] ~ map[    -1:     b      1:     a] ~    1.5
// expect:   true ~    255 ~ [   0.1      2] ~ [] ~ [<nil>] ~ map[ false:     0   true:     1] ~  false ~ [] ~  <nil> ~ [[    72] [    73]]
// expect: [    74     75] ~ { <nil>} ~ [   104    233] ~ %6v
// expect: 0<nil> ~ 000001 ~ -00007 ~ 000000 ~ -00003 ~ 000200 ~ 18446744073709551615 ~ -9223372036854775808 ~ 000120 ~ 019990
// expect: 003.14 ~ -002.5 ~ 000000 ~ 01e+20 ~ 01e+21 ~ 01e-07 ~ 1.23456789e+08 ~ 0000.1 ~   +Inf ~   -Inf
// expect:    NaN ~ 0hello ~ 000000 ~ 0a"b	世 ~ 00`bq` ~ 00true ~ 0false ~ 000007 ~ 0000nm ~ {000001 -00002}
// expect: &{000003 000004} ~ 0<nil> ~ map[] ~ [] ~ 0<nil> ~ [000001 000002 000003] ~ [00000a 000b c] ~ [000001 00000x <nil> 0002.5] ~ [00true 0false 00true] ~ map[00000a:000002 00000m:000003 00000z:000001]
// expect: map[-00001:00000x 000003:00000c] ~ map[{000001 000005}:0false {000002 000001}:00true] ~ [000098 000121 000116 000101 000115] ~ [000065 000066 000067 000068] ~ [000110 000097 000109 000101 000100] ~ 000007 ~ 00true ~ [000070 000071] ~ 000<S> ~ 000<P>
// expect: [000<q> 000<r>] ~ {00<in> <nil> {00000w} {00000u}} ~ &{<nil> <nil> <nil> {000000}} ~ perr 9 ~ 0plain ~ %!v(PANIC=String method: oops) ~ <nil> ~ {000004} ~ [{000001}] ~ F[v 6 true 0 false false false false true false]
// expect: [F[v 6 true 0 false false false false true false]] ~ {0<nil> 0<nil> map[] 0<nil> 0<nil>} ~ &{0<nil> 0<nil> map[00000k:{000001 000002}] 0<nil> 0<nil>} ~ %!v(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {000001 00000b} ~ [[000001] [000002 000003] []] ~ map[-00001:00000b 000001:00000a] ~ 0001.5
// expect: 00true ~ 000255 ~ [0000.1 000002] ~ [] ~ [<nil>] ~ map[0false:000000 00true:000001] ~ 0false ~ [] ~ 0<nil> ~ [[000072] [000073]]
// expect: [000074 000075] ~ {0<nil>} ~ [000104 000233] ~ %06v
// expect: %!d(<nil>) ~ 001 ~ -007 ~ 000 ~ -003 ~ 200 ~ 18446744073709551615 ~ -9223372036854775808 ~ 120 ~ 19990
// expect: %!d(float64=3.14) ~ %!d(float64=-2.5) ~ %!d(float64=0) ~ %!d(float64=1e+20) ~ %!d(float64=1e+21) ~ %!d(float64=1e-07) ~ %!d(float64=1.23e+08) ~ %!d(float32=0.1) ~ %!d(float64=+Inf) ~ %!d(float64=-Inf)
// expect: %!d(float64=NaN) ~ %!d(string=hel) ~ %!d(string=) ~ %!d(string=a"b) ~ %!d(string=`bq) ~ %!d(bool=true) ~ %!d(bool=false) ~ 007 ~ %!d(main.name=nm) ~ {001 -002}
// expect: &{003 004} ~ 000 ~ map[] ~ [] ~ %!d(<nil>) ~ [001 002 003] ~ [%!d(string=a) %!d(string=b c)] ~ [001 %!d(string=x) <nil> %!d(float64=2.5)] ~ [%!d(bool=true) %!d(bool=false) %!d(bool=true)] ~ map[%!d(string=a):002 %!d(string=m):003 %!d(string=z):001]
// expect: map[-001:%!d(string=x) 003:%!d(string=c)] ~ map[{001 005}:%!d(bool=false) {002 001}:%!d(bool=true)] ~ [098 121 116 101 115] ~ [065 066 067 068] ~ [110 097 109 101 100] ~ 007 ~ %!d(main.bl=true) ~ [070 071] ~ {%!d(string=S)} ~ &{%!d(string=P)}
// expect: [{%!d(string=q)} {%!d(string=r)}] ~ {{%!d(string=in)} <nil> {%!d(string=w)} {%!d(string=u)}} ~ &{<nil> <nil> <nil> {%!d(string=)}} ~ &{009} ~ &{%!d(string=pla)} ~ 003 ~ 000 ~ {004} ~ [{001}] ~ F[d 0 false 3 true false false false false false]
// expect: [F[d 0 false 3 true false false false false false]] ~ {000 000 map[] 000 000} ~ &{000 000 map[%!d(string=k):{001 002}] 000 000} ~ {{001 002} 000} ~ {} ~ [{}] ~ {001 %!d(string=b)} ~ [[001] [002 003] []] ~ map[%!d(float64=-1):%!d(string=b) %!d(float64=1):%!d(string=a)] ~ %!d(main.f32=1.5)
// expect: %!d(bool=true) ~ 255 ~ [%!d(float32=0.1) %!d(float32=2)] ~ [] ~ [<nil>] ~ map[%!d(bool=false):000 %!d(bool=true):001] ~ %!d(bool=false) ~ [] ~ 000 ~ [[072] [073]]
// expect: [074 075] ~ {000} ~ [104 233] ~ %.3d
// expect: %!x(<nil>)8 ~ 18 ~ -78 ~ 08 ~ -38 ~ c88 ~ ffffffffffffffff8 ~ -80000000000000008 ~ 788 ~ 4e168
// expect: 0x1.91eb851eb851fp+018 ~ -0x1.4p+018 ~ 0x0p+008 ~ 0x1.5af1d78b58c4p+668 ~ 0x1.b1ae4d6e2ef5p+698 ~ 0x1.ad7f29abcaf48p-248 ~ 0x1.d6f3454p+268 ~ 0x1.99999ap-048 ~ +Inf8 ~ -Inf8
// expect: NaN8 ~ 68656c6c6f8 ~ 8 ~ 61226209e4b8968 ~ 606271608 ~ %!x(bool=true)8 ~ %!x(bool=false)8 ~ 78 ~ 6e6d8 ~ {1 -2}8
// expect: &{3 4}8 ~ 08 ~ map[]8 ~ []8 ~ %!x(<nil>)8 ~ [1 2 3]8 ~ [61 622063]8 ~ [1 78 <nil> 0x1.4p+01]8 ~ [%!x(bool=true) %!x(bool=false) %!x(bool=true)]8 ~ map[61:2 6d:3 7a:1]8
// expect: map[-1:78 3:63]8 ~ map[{1 5}:%!x(bool=false) {2 1}:%!x(bool=true)]8 ~ 62797465738 ~ 414243448 ~ 6e616d65648 ~ 78 ~ %!x(main.bl=true)8 ~ 46478 ~ 3c533e8 ~ 3c503e8
// expect: [3c713e 3c723e]8 ~ {3c696e3e <nil> {77} {75}}8 ~ &{<nil> <nil> <nil> {}}8 ~ 7065727220398 ~ 706c61696e8 ~ %!x(PANIC=String method: oops)8 ~ <nil>8 ~ {4}8 ~ [{1}]8 ~ F[x 0 false 0 false false false false false false]8
// expect: [F[x 0 false 0 false false false false false false]]8 ~ {0 0 map[] 0 0}8 ~ &{0 0 map[6b:{1 2}] 0 0}8 ~ %!x(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference)8 ~ {}8 ~ [{}]8 ~ {1 62}8 ~ [[1] [2 3] []]8 ~ map[-0x1p+00:62 0x1p+00:61]8 ~ 0x1.8p+008
// expect: %!x(bool=true)8 ~ ff8 ~ [0x1.99999ap-04 0x1p+01]8 ~ []8 ~ [<nil>]8 ~ map[%!x(bool=false):0 %!x(bool=true):1]8 ~ %!x(bool=false)8 ~ []8 ~ 08 ~ [48 49]8
// expect: 4a4b8 ~ {0}8 ~ [68 e9]8 ~ %x8
// expect: %!z(<nil>) ~ %!z(int=1) ~ %!z(int=-7) ~ %!z(int=0) ~ %!z(int8=-3) ~ %!z(uint8=200) ~ %!z(uint64=18446744073709551615) ~ %!z(int64=-9223372036854775808) ~ %!z(int32=120) ~ %!z(int32=19990)
// expect: %!z(float64=3.14) ~ %!z(float64=-2.5) ~ %!z(float64=0) ~ %!z(float64=1e+20) ~ %!z(float64=1e+21) ~ %!z(float64=1e-07) ~ %!z(float64=1.23456789e+08) ~ %!z(float32=0.1) ~ %!z(float64=+Inf) ~ %!z(float64=-Inf)
// expect: %!z(float64=NaN) ~ %!z(string=hello) ~ %!z(string=) ~ %!z(string=a"b	世) ~ %!z(string=`bq`) ~ %!z(bool=true) ~ %!z(bool=false) ~ %!z(main.code=7) ~ %!z(main.name=nm) ~ {%!z(int=1) %!z(int=-2)}
// expect: &{%!z(int=3) %!z(int=4)} ~ %!z(*main.pt=<nil>) ~ map[] ~ [] ~ %!z(<nil>) ~ [%!z(int=1) %!z(int=2) %!z(int=3)] ~ [%!z(string=a) %!z(string=b c)] ~ [%!z(int=1) %!z(string=x) <nil> %!z(float64=2.5)] ~ [%!z(bool=true) %!z(bool=false) %!z(bool=true)] ~ map[%!z(string=a):%!z(int=2) %!z(string=m):%!z(int=3) %!z(string=z):%!z(int=1)]
// expect: map[%!z(int=-1):%!z(string=x) %!z(int=3):%!z(string=c)] ~ map[{%!z(int=1) %!z(int=5)}:%!z(bool=false) {%!z(int=2) %!z(int=1)}:%!z(bool=true)] ~ [%!z(uint8=98) %!z(uint8=121) %!z(uint8=116) %!z(uint8=101) %!z(uint8=115)] ~ [%!z(uint8=65) %!z(uint8=66) %!z(uint8=67) %!z(uint8=68)] ~ [%!z(uint8=110) %!z(uint8=97) %!z(uint8=109) %!z(uint8=101) %!z(uint8=100)] ~ %!z(main.bt=7) ~ %!z(main.bl=true) ~ [%!z(uint8=70) %!z(uint8=71)] ~ {%!z(string=S)} ~ &{%!z(string=P)}
// expect: [{%!z(string=q)} {%!z(string=r)}] ~ {{%!z(string=in)} <nil> {%!z(string=w)} {%!z(string=u)}} ~ &{<nil> <nil> <nil> {%!z(string=)}} ~ &{%!z(int=9)} ~ &{%!z(string=plain)} ~ %!z(main.pan=3) ~ %!z(*main.npan=<nil>) ~ {%!z(int=4)} ~ [{%!z(int=1)}] ~ F[z 0 false 0 false false false false false false]
// expect: [F[z 0 false 0 false false false false false false]] ~ {%!z(*main.tree=<nil>) %!z(*main.tree=<nil>) map[] %!z(func()=<nil>) %!z(chan int=<nil>)} ~ &{%!z(*main.tree=<nil>) %!z(*main.tree=<nil>) map[%!z(string=k):{%!z(int=1) %!z(int=2)}] %!z(func()=<nil>) %!z(chan int=<nil>)} ~ {{%!z(int=1) %!z(int=2)} %!z(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!z(int=1) %!z(string=b)} ~ [[%!z(int=1)] [%!z(int=2) %!z(int=3)] []] ~ map[%!z(float64=-1):%!z(string=b) %!z(float64=1):%!z(string=a)] ~ %!z(main.f32=1.5)
// expect: %!z(bool=true) ~ %!z(uintptr=255) ~ [%!z(float32=0.1) %!z(float32=2)] ~ [] ~ [<nil>] ~ map[%!z(bool=false):%!z(int=0) %!z(bool=true):%!z(int=1)] ~ %!z(bool=false) ~ [] ~ %!z(*int=<nil>) ~ [[%!z(uint8=72)] [%!z(uint8=73)]]
// expect: [%!z(main.bt=74) %!z(main.bt=75)] ~ {%!z(*int=<nil>)} ~ [%!z(int32=104) %!z(int32=233)] ~ %z
// expect: %!!(<nil>) ~ %!!(int=1) ~ %!!(int=-7) ~ %!!(int=0) ~ %!!(int8=-3) ~ %!!(uint8=200) ~ %!!(uint64=18446744073709551615) ~ %!!(int64=-9223372036854775808) ~ %!!(int32=120) ~ %!!(int32=19990)
// expect: %!!(float64=3.14) ~ %!!(float64=-2.5) ~ %!!(float64=0) ~ %!!(float64=1e+20) ~ %!!(float64=1e+21) ~ %!!(float64=1e-07) ~ %!!(float64=1.23456789e+08) ~ %!!(float32=0.1) ~ %!!(float64=+Inf) ~ %!!(float64=-Inf)
// expect: %!!(float64=NaN) ~ %!!(string=hello) ~ %!!(string=) ~ %!!(string=a"b	世) ~ %!!(string=`bq`) ~ %!!(bool=true) ~ %!!(bool=false) ~ %!!(main.code=7) ~ %!!(main.name=nm) ~ {%!!(int=1) %!!(int=-2)}
// expect: &{%!!(int=3) %!!(int=4)} ~ %!!(*main.pt=<nil>) ~ map[] ~ [] ~ %!!(<nil>) ~ [%!!(int=1) %!!(int=2) %!!(int=3)] ~ [%!!(string=a) %!!(string=b c)] ~ [%!!(int=1) %!!(string=x) <nil> %!!(float64=2.5)] ~ [%!!(bool=true) %!!(bool=false) %!!(bool=true)] ~ map[%!!(string=a):%!!(int=2) %!!(string=m):%!!(int=3) %!!(string=z):%!!(int=1)]
// expect: map[%!!(int=-1):%!!(string=x) %!!(int=3):%!!(string=c)] ~ map[{%!!(int=1) %!!(int=5)}:%!!(bool=false) {%!!(int=2) %!!(int=1)}:%!!(bool=true)] ~ [%!!(uint8=98) %!!(uint8=121) %!!(uint8=116) %!!(uint8=101) %!!(uint8=115)] ~ [%!!(uint8=65) %!!(uint8=66) %!!(uint8=67) %!!(uint8=68)] ~ [%!!(uint8=110) %!!(uint8=97) %!!(uint8=109) %!!(uint8=101) %!!(uint8=100)] ~ %!!(main.bt=7) ~ %!!(main.bl=true) ~ [%!!(uint8=70) %!!(uint8=71)] ~ {%!!(string=S)} ~ &{%!!(string=P)}
// expect: [{%!!(string=q)} {%!!(string=r)}] ~ {{%!!(string=in)} <nil> {%!!(string=w)} {%!!(string=u)}} ~ &{<nil> <nil> <nil> {%!!(string=)}} ~ &{%!!(int=9)} ~ &{%!!(string=plain)} ~ %!!(main.pan=3) ~ %!!(*main.npan=<nil>) ~ {%!!(int=4)} ~ [{%!!(int=1)}] ~ F[! 0 false 0 false false false false false false]
// expect: [F[! 0 false 0 false false false false false false]] ~ {%!!(*main.tree=<nil>) %!!(*main.tree=<nil>) map[] %!!(func()=<nil>) %!!(chan int=<nil>)} ~ &{%!!(*main.tree=<nil>) %!!(*main.tree=<nil>) map[%!!(string=k):{%!!(int=1) %!!(int=2)}] %!!(func()=<nil>) %!!(chan int=<nil>)} ~ {{%!!(int=1) %!!(int=2)} %!!(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!!(int=1) %!!(string=b)} ~ [[%!!(int=1)] [%!!(int=2) %!!(int=3)] []] ~ map[%!!(float64=-1):%!!(string=b) %!!(float64=1):%!!(string=a)] ~ %!!(main.f32=1.5)
// expect: %!!(bool=true) ~ %!!(uintptr=255) ~ [%!!(float32=0.1) %!!(float32=2)] ~ [] ~ [<nil>] ~ map[%!!(bool=false):%!!(int=0) %!!(bool=true):%!!(int=1)] ~ %!!(bool=false) ~ [] ~ %!!(*int=<nil>) ~ [[%!!(uint8=72)] [%!!(uint8=73)]]
// expect: [%!!(main.bt=74) %!!(main.bt=75)] ~ {%!!(*int=<nil>)} ~ [%!!(int32=104) %!!(int32=233)] ~ %!
// expect: %!w(<nil>) ~ %!w(int=1) ~ %!w(int=-7) ~ %!w(int=0) ~ %!w(int8=-3) ~ %!w(uint8=200) ~ %!w(uint64=18446744073709551615) ~ %!w(int64=-9223372036854775808) ~ %!w(int32=120) ~ %!w(int32=19990)
// expect: %!w(float64=3.14) ~ %!w(float64=-2.5) ~ %!w(float64=0) ~ %!w(float64=1e+20) ~ %!w(float64=1e+21) ~ %!w(float64=1e-07) ~ %!w(float64=1.23456789e+08) ~ %!w(float32=0.1) ~ %!w(float64=+Inf) ~ %!w(float64=-Inf)
// expect: %!w(float64=NaN) ~ %!w(string=hello) ~ %!w(string=) ~ %!w(string=a"b	世) ~ %!w(string=`bq`) ~ %!w(bool=true) ~ %!w(bool=false) ~ %!w(main.code=7) ~ %!w(main.name=nm) ~ %!w(main.pt={1 -2})
// expect: %!w(*main.pt=&{3 4}) ~ %!w(*main.pt=<nil>) ~ %!w(map[string]int=map[]) ~ %!w([]int=[]) ~ %!w(<nil>) ~ %!w([]int=[1 2 3]) ~ %!w([]string=[a b c]) ~ %!w([]interface {}=[1 x <nil> 2.5]) ~ %!w([3]bool=[true false true]) ~ %!w(map[string]int=map[a:2 m:3 z:1])
// expect: %!w(map[int]string=map[-1:x 3:c]) ~ %!w(map[main.pt]bool=map[{1 5}:false {2 1}:true]) ~ [%!w(uint8=98) %!w(uint8=121) %!w(uint8=116) %!w(uint8=101) %!w(uint8=115)] ~ %!w([4]uint8=[65 66 67 68]) ~ %!w(main.bs=[110 97 109 101 100]) ~ %!w(main.bt=7) ~ %!w(main.bl=true) ~ %!w(main.u8s=[70 71]) ~ %!w(main.str={S}) ~ %!w(*main.str=&{P})
// expect: %!w([]main.str=[{q} {r}]) ~ %!w(main.inner={{in} <nil> {w} {u}}) ~ %!w(*main.inner=&{<nil> <nil> <nil> {}}) ~ %!w(*main.perr=&{9}) ~ %!w(*errors.errorString=&{plain}) ~ %!w(main.pan=3) ~ %!w(*main.npan=<nil>) ~ %!w(main.gs={4}) ~ %!w([]main.gs=[{1}]) ~ %!w(main.fm={})
// expect: %!w([]interface {}=[{}]) ~ %!w(main.tree={<nil> <nil> map[] <nil> <nil>}) ~ %!w(*main.tree=&{<nil> <nil> map[k:{1 2}] <nil> <nil>}) ~ %!w(main.emb={{1 2} <nil>}) ~ %!w(main.E={}) ~ %!w([]main.E=[{}]) ~ %!w(struct { a int; B string }={1 b}) ~ %!w([][]int=[[1] [2 3] []]) ~ %!w(map[float64]string=map[-1:b 1:a]) ~ %!w(main.f32=1.5)
// expect: %!w(bool=true) ~ %!w(uintptr=255) ~ %!w([]float32=[0.1 2]) ~ %!w([0]int=[]) ~ %!w([]error=[<nil>]) ~ %!w(map[bool]int=map[false:0 true:1]) ~ %!w(bool=false) ~ %!w([]bool=[]) ~ %!w(*int=<nil>) ~ %!w([2][]uint8=[[72] [73]])
// expect: %!w([]main.bt=[74 75]) ~ %!w(struct { p *int }={<nil>}) ~ %!w([]int32=[104 233]) ~ %w
// expect: %!g(<nil>) ~ %!g(int=0000000001) ~ %!g(int=-0000000007) ~ %!g(int=0000000000) ~ %!g(int8=-0000000003) ~ %!g(uint8=0000000200) ~ %!g(uint64=18446744073709551615) ~ %!g(int64=-9223372036854775808) ~ %!g(int32=0000000120) ~ %!g(int32=0000019990)
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 123456789 ~ 0.1000000015 ~ +Inf ~ -Inf
// expect: NaN ~ %!g(string=hello) ~ %!g(string=) ~ %!g(string=a"b	世) ~ %!g(string=`bq`) ~ %!g(bool=true) ~ %!g(bool=false) ~ %!g(main.code=0000000007) ~ %!g(main.name=nm) ~ {%!g(int=0000000001) %!g(int=-0000000002)}
// expect: &{%!g(int=0000000003) %!g(int=0000000004)} ~ %!g(*main.pt=<nil>) ~ map[] ~ [] ~ %!g(<nil>) ~ [%!g(int=0000000001) %!g(int=0000000002) %!g(int=0000000003)] ~ [%!g(string=a) %!g(string=b c)] ~ [%!g(int=0000000001) %!g(string=x) <nil> 2.5] ~ [%!g(bool=true) %!g(bool=false) %!g(bool=true)] ~ map[%!g(string=a):%!g(int=0000000002) %!g(string=m):%!g(int=0000000003) %!g(string=z):%!g(int=0000000001)]
// expect: map[%!g(int=-0000000001):%!g(string=x) %!g(int=0000000003):%!g(string=c)] ~ map[{%!g(int=0000000001) %!g(int=0000000005)}:%!g(bool=false) {%!g(int=0000000002) %!g(int=0000000001)}:%!g(bool=true)] ~ [%!g(uint8=0000000098) %!g(uint8=0000000121) %!g(uint8=0000000116) %!g(uint8=0000000101) %!g(uint8=0000000115)] ~ [%!g(uint8=0000000065) %!g(uint8=0000000066) %!g(uint8=0000000067) %!g(uint8=0000000068)] ~ [%!g(uint8=0000000110) %!g(uint8=0000000097) %!g(uint8=0000000109) %!g(uint8=0000000101) %!g(uint8=0000000100)] ~ %!g(main.bt=0000000007) ~ %!g(main.bl=true) ~ [%!g(uint8=0000000070) %!g(uint8=0000000071)] ~ {%!g(string=S)} ~ &{%!g(string=P)}
// expect: [{%!g(string=q)} {%!g(string=r)}] ~ {{%!g(string=in)} <nil> {%!g(string=w)} {%!g(string=u)}} ~ &{<nil> <nil> <nil> {%!g(string=)}} ~ &{%!g(int=0000000009)} ~ &{%!g(string=plain)} ~ %!g(main.pan=0000000003) ~ %!g(*main.npan=<nil>) ~ {%!g(int=0000000004)} ~ [{%!g(int=0000000001)}] ~ F[g 0 false 10 true false false false false false]
// expect: [F[g 0 false 10 true false false false false false]] ~ {%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ &{%!g(*main.tree=<nil>) %!g(*main.tree=<nil>) map[%!g(string=k):{%!g(int=0000000001) %!g(int=0000000002)}] %!g(func()=<nil>) %!g(chan int=<nil>)} ~ {{%!g(int=0000000001) %!g(int=0000000002)} %!g(*main.perr=<nil>)} ~ {} ~ [{}] ~ {%!g(int=0000000001) %!g(string=b)} ~ [[%!g(int=0000000001)] [%!g(int=0000000002) %!g(int=0000000003)] []] ~ map[-1:%!g(string=b) 1:%!g(string=a)] ~ 1.5
// expect: %!g(bool=true) ~ %!g(uintptr=0000000255) ~ [0.1000000015 2] ~ [] ~ [<nil>] ~ map[%!g(bool=false):%!g(int=0000000000) %!g(bool=true):%!g(int=0000000001)] ~ %!g(bool=false) ~ [] ~ %!g(*int=<nil>) ~ [[%!g(uint8=0000000072)] [%!g(uint8=0000000073)]]
// expect: [%!g(main.bt=0000000074) %!g(main.bt=0000000075)] ~ {%!g(*int=<nil>)} ~ [%!g(int32=0000000104) %!g(int32=0000000233)] ~ %.10g
// expect: <nil> ~ 001 ~ -007 ~ 000 ~ -003 ~ 200 ~ 18446744073709551615 ~ -9223372036854775808 ~ 120 ~ 19990
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 1.23e+08 ~ 0.1 ~ +Inf ~ -Inf
// expect: NaN ~ hel ~  ~ a"b ~ `bq ~ true ~ false ~ 007 ~ nm ~ {X:001 Y:-002}
// expect: &{X:003 Y:004} ~ <nil> ~ map[] ~ [] ~ <nil> ~ [001 002 003] ~ [a b c] ~ [001 x <nil> 2.5] ~ [true false true] ~ map[a:002 m:003 z:001]
// expect: map[-001:x 003:c] ~ map[{X:001 Y:005}:false {X:002 Y:001}:true] ~ [098 121 116 101 115] ~ [065 066 067 068] ~ [110 097 109 101 100] ~ 007 ~ true ~ [070 071] ~ <S> ~ <P>
// expect: [<q> <r>] ~ {A:<in e:<nil> s:{v:w} st:{v:u}} ~ &{A:<nil> e:<nil> s:<nil> st:{v:}} ~ per ~ pla ~ %!v(PANIC=String method: oops) ~ <nil> ~ {a:004} ~ [{a:001}] ~ F[v 0 false 3 true true false false false false]
// expect: [F[v 0 false 3 true true false false false false]] ~ {l:<nil> r:<nil> m:map[] f:<nil> c:<nil>} ~ &{l:<nil> r:<nil> m:map[k:{X:001 Y:002}] f:<nil> c:<nil>} ~ %!v(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {a:001 B:b} ~ [[001] [002 003] []] ~ map[-1:b 1:a] ~ 1.5
// expect: true ~ 255 ~ [0.1 2] ~ [] ~ [<nil>] ~ map[false:000 true:001] ~ false ~ [] ~ <nil> ~ [[072] [073]]
// expect: [074 075] ~ {p:<nil>} ~ [104 233] ~ %+.3v
// expect: <nil> ~ 1 ~ -7 ~ 0 ~ -3 ~ 0xc8 ~ 0xffffffffffffffff ~ -9223372036854775808 ~ 120 ~ 19990
// expect: 3.14 ~ -2.5 ~ 0 ~ 1e+20 ~ 1e+21 ~ 1e-07 ~ 1.23456789e+08 ~ 0.1 ~ +Inf ~ -Inf
// expect: NaN ~ "hello" ~ "" ~ "a\"b\t世" ~ "`bq`" ~ true ~ false ~ 7 ~ "nm" ~ main.pt{X:1, Y:-2}
// expect: &main.pt{X:3, Y:4} ~ (*main.pt)(nil) ~ map[string]int(nil) ~ []int(nil) ~ <nil> ~ []int{1, 2, 3} ~ []string{"a", "b c"} ~ []interface {}{1, "x", interface {}(nil), 2.5} ~ [3]bool{true, false, true} ~ map[string]int{"a":2, "m":3, "z":1}
// expect: map[int]string{-1:"x", 3:"c"} ~ map[main.pt]bool{main.pt{X:1, Y:5}:false, main.pt{X:2, Y:1}:true} ~ []byte{0x62, 0x79, 0x74, 0x65, 0x73} ~ [4]uint8{0x41, 0x42, 0x43, 0x44} ~ main.bs{0x6e, 0x61, 0x6d, 0x65, 0x64} ~ 0x7 ~ true ~ main.u8s{0x46, 0x47} ~ main.str{v:"S"} ~ &main.str{v:"P"}
// expect: []main.str{main.str{v:"q"}, main.str{v:"r"}} ~ main.inner{A:main.str{v:"in"}, e:error(nil), s:main.str{v:"w"}, st:main.str{v:"u"}} ~ &main.inner{A:interface {}(nil), e:error(nil), s:fmt.Stringer(nil), st:main.str{v:""}} ~ &main.perr{n:9} ~ &errors.errorString{s:"plain"} ~ 3 ~ (*main.npan)(nil) ~ gs! ~ []main.gs{gs!} ~ F[v 0 false 0 false true false true false false]
// expect: []interface {}{F[v 0 false 0 false true false true false false]} ~ main.tree{l:(*main.tree)(nil), r:(*main.tree)(nil), m:map[string]main.pt(nil), f:(func())(nil), c:(chan int)(nil)} ~ &main.tree{l:(*main.tree)(nil), r:(*main.tree)(nil), m:map[string]main.pt{"k":main.pt{X:1, Y:2}}, f:(func())(nil), c:(chan int)(nil)} ~ main.emb{pt:main.pt{X:1, Y:2}, perr:(*main.perr)(nil)} ~ main.E{} ~ []main.E{main.E{}} ~ struct { a int; B string }{a:1, B:"b"} ~ [][]int{[]int{1}, []int{2, 3}, []int(nil)} ~ map[float64]string{-1:"b", 1:"a"} ~ 1.5
// expect: true ~ 0xff ~ []float32{0.1, 2} ~ [0]int{} ~ []error{error(nil)} ~ map[bool]int{false:0, true:1} ~ false ~ []bool(nil) ~ (*int)(nil) ~ [2][]uint8{[]uint8{0x48}, []uint8{0x49}}
// expect: []main.bt{0x4a, 0x4b} ~ struct { p *int }{p:(*int)(nil)} ~ []int32{104, 233} ~ %+#v
// expect: %!b(<nil>) ~ 00000001 ~ -0000111 ~ 00000000 ~ -0000011 ~ 11001000 ~ 1111111111111111111111111111111111111111111111111111111111111111 ~ -1000000000000000000000000000000000000000000000000000000000000000 ~ 01111000 ~ 100111000010110
// expect: 7070651414971679p-51 ~ -5629499534213120p-51 ~ 00p-1074 ~ 6103515625000000p+14 ~ 7629394531250000p+17 ~ 7555786372591432p-76 ~ 8285044862877696p-26 ~ 13421773p-27 ~     +Inf ~     -Inf
// expect:      NaN ~ %!b(string=000hello) ~ %!b(string=00000000) ~ %!b(string=000a"b	世) ~ %!b(string=0000`bq`) ~ %!b(bool=0000true) ~ %!b(bool=000false) ~ 00000111 ~ %!b(main.name=000000nm) ~ {00000001 -0000010}
// expect: &{00000011 00000100} ~ 00000000 ~ map[] ~ [] ~ %!b(<nil>) ~ [00000001 00000010 00000011] ~ [%!b(string=0000000a) %!b(string=00000b c)] ~ [00000001 %!b(string=0000000x) <nil> 5629499534213120p-51] ~ [%!b(bool=0000true) %!b(bool=000false) %!b(bool=0000true)] ~ map[%!b(string=0000000a):00000010 %!b(string=0000000m):00000011 %!b(string=0000000z):00000001]
// expect: map[-0000001:%!b(string=0000000x) 00000011:%!b(string=0000000c)] ~ map[{00000001 00000101}:%!b(bool=000false) {00000010 00000001}:%!b(bool=0000true)] ~ [01100010 01111001 01110100 01100101 01110011] ~ [01000001 01000010 01000011 01000100] ~ [01101110 01100001 01101101 01100101 01100100] ~ 00000111 ~ %!b(main.bl=0000true) ~ [01000110 01000111] ~ {%!b(string=0000000S)} ~ &{%!b(string=0000000P)}
// expect: [{%!b(string=0000000q)} {%!b(string=0000000r)}] ~ {{%!b(string=000000in)} <nil> {%!b(string=0000000w)} {%!b(string=0000000u)}} ~ &{<nil> <nil> <nil> {%!b(string=00000000)}} ~ &{00001001} ~ &{%!b(string=000plain)} ~ 00000011 ~ 00000000 ~ {00000100} ~ [{00000001}] ~ F[b 8 true 0 false false false false true false]
// expect: [F[b 8 true 0 false false false false true false]] ~ {00000000 00000000 map[] 00000000 00000000} ~ &{00000000 00000000 map[%!b(string=0000000k):{00000001 00000010}] 00000000 00000000} ~ {{00000001 00000010} 00000000} ~ {} ~ [{}] ~ {00000001 %!b(string=0000000b)} ~ [[00000001] [00000010 00000011] []] ~ map[-4503599627370496p-52:%!b(string=0000000b) 4503599627370496p-52:%!b(string=0000000a)] ~ 12582912p-23
// expect: %!b(bool=0000true) ~ 11111111 ~ [13421773p-27 8388608p-22] ~ [] ~ [<nil>] ~ map[%!b(bool=000false):00000000 %!b(bool=0000true):00000001] ~ %!b(bool=000false) ~ [] ~ 00000000 ~ [[01001000] [01001001]]
// expect: [01001010 01001011] ~ {00000000} ~ [01101000 11101001] ~ %08b
// expect: %!q(<nil>) ~ 00000000000000'\x01' ~ 00000000000000000'�' ~ 00000000000000'\x00' ~ 00000000000000000'�' ~ 00000000000000000'È' ~ 00000000000000000'�' ~ 00000000000000000'�' ~ 00000000000000000'x' ~ 00000000000000000'世'
// expect: %!q(float64=00000000000000003.14) ~ %!q(float64=-00000000000000002.5) ~ %!q(float64=00000000000000000000) ~ %!q(float64=0000000000000001e+20) ~ %!q(float64=0000000000000001e+21) ~ %!q(float64=0000000000000001e-07) ~ %!q(float64=0000001.23456789e+08) ~ %!q(float32=000000000000000000.1) ~ %!q(float64=                +Inf) ~ %!q(float64=                -Inf)
// expect: %!q(float64=                 NaN) ~ 0000000000000"hello" ~ 000000000000000000"" ~ 00000000000"a\"b\t世" ~ 00000000000000"`bq`" ~ %!q(bool=0000000000000000true) ~ %!q(bool=000000000000000false) ~ 0000000000000000'\a' ~ 0000000000000000"nm" ~ {00000000000000'\x01' 00000000000000000'�'}
// expect: &{00000000000000'\x03' 00000000000000'\x04'} ~ %!q(*main.pt=000000000000000<nil>) ~ map[] ~ [] ~ %!q(<nil>) ~ [00000000000000'\x01' 00000000000000'\x02' 00000000000000'\x03'] ~ [00000000000000000"a" 000000000000000"b c"] ~ [00000000000000'\x01' 00000000000000000"x" <nil> %!q(float64=000000000000000002.5)] ~ [%!q(bool=0000000000000000true) %!q(bool=000000000000000false) %!q(bool=0000000000000000true)] ~ map[00000000000000000"a":00000000000000'\x02' 00000000000000000"m":00000000000000'\x03' 00000000000000000"z":00000000000000'\x01']
// expect: map[00000000000000000'�':00000000000000000"x" 00000000000000'\x03':00000000000000000"c"] ~ map[{00000000000000'\x01' 00000000000000'\x05'}:%!q(bool=000000000000000false) {00000000000000'\x02' 00000000000000'\x01'}:%!q(bool=0000000000000000true)] ~ 0000000000000"bytes" ~ 00000000000000"ABCD" ~ 0000000000000"named" ~ 0000000000000000'\a' ~ %!q(main.bl=0000000000000000true) ~ 0000000000000000"FG" ~ 000000000000000"<S>" ~ 000000000000000"<P>"
// expect: [000000000000000"<q>" 000000000000000"<r>"] ~ {00000000000000"<in>" <nil> {00000000000000000"w"} {00000000000000000"u"}} ~ &{<nil> <nil> <nil> {000000000000000000""}} ~ 000000000000"perr 9" ~ 0000000000000"plain" ~ %!q(PANIC=String method: oops) ~ <nil> ~ {00000000000000'\x04'} ~ [{00000000000000'\x01'}] ~ F[q 20 true 0 false false false false true false]
// expect: [F[q 20 true 0 false false false false true false]] ~ {%!q(*main.tree=000000000000000<nil>) %!q(*main.tree=000000000000000<nil>) map[] %!q(func()=000000000000000<nil>) %!q(chan int=000000000000000<nil>)} ~ &{%!q(*main.tree=000000000000000<nil>) %!q(*main.tree=000000000000000<nil>) map[00000000000000000"k":{00000000000000'\x01' 00000000000000'\x02'}] %!q(func()=000000000000000<nil>) %!q(chan int=000000000000000<nil>)} ~ %!q(PANIC=Error method: runtime error: invalid memory address or nil pointer dereference) ~ {} ~ [{}] ~ {00000000000000'\x01' 00000000000000000"b"} ~ [[00000000000000'\x01'] [00000000000000'\x02' 00000000000000'\x03'] []] ~ map[%!q(float64=-0000000000000000001):00000000000000000"b" %!q(float64=00000000000000000001):00000000000000000"a"] ~ %!q(main.f32=000000000000000001.5)
// expect: %!q(bool=0000000000000000true) ~ 00000000000000000'ÿ' ~ [%!q(float32=000000000000000000.1) %!q(float32=00000000000000000002)] ~ [] ~ [<nil>] ~ map[%!q(bool=000000000000000false):00000000000000'\x00' %!q(bool=0000000000000000true):00000000000000'\x01'] ~ %!q(bool=000000000000000false) ~ [] ~ %!q(*int=000000000000000<nil>) ~ [00000000000000000"H" 00000000000000000"I"]
// expect: 0000000000000000"JK" ~ {%!q(*int=000000000000000<nil>)} ~ [00000000000000000'h' 00000000000000000'é'] ~ %020q
// expect:
// expect: a1 2bc3 4.5 <nil> <nil>
// expect: 1 2
// expect: true falsex{0 0} {0 0}
// expect: <nil> 1 -7 0 -3 200 18446744073709551615 -9223372036854775808 120 19990 3.14 -2.5 0 1e+20 1e+21 1e-07 1.23456789e+08 0.1 +Inf -Inf NaN hello  a"b	世 `bq` true false 7 nm {1 -2}
// expect: 1 %!d(MISSING)
// expect: 1
// expect: %!(EXTRA int=2, string=x, <nil>)2 1
// expect: %!d(BADINDEX)
// expect:     1|
// expect:     1|2    |3    |
// expect: 3.14|%!(BADPREC)2.500000|
// expect: %!(BADWIDTH)3
// expect: %!(BADPREC)3
// expect: %!d(BADINDEX) %!d(BADINDEX) %! (BADINDEX)1
// expect: 1 2 1
// expect:  12.00|
// expect: %!d(BADINDEX) 01
// expect: +1   |+2   |+3
// expect: 100%|%|%|
// expect: %!(NOVERB)
// expect: %!(NOVERB)
// expect: %!.(MISSING)
// expect: %!
// expect: (MISSING)%!(BADWIDTH)3|
// expect: wrap: e1 true true
// expect: wrap: e1 and perr 2 true
// expect: true perr 2
// expect: bad %!w(int=3) <nil>
// expect: nil %!w(<nil>) <nil>
// expect: 1 x e1 e1
// expect: nil %!w(<nil>)
// expect: true
// expect: e1
// expect: e1 e1
// expect: x3 1 2 a 1
// expect:
// expect: [a] [a 1] [%!d(string=a) 1]
// expect: [  1.00   2.56]|[1        2       ]|[       a        b]
// expect: [6162 63] 6869 [61 62] ["a\n"]
// expect: true {perr 1}
// expect: {{h}} {e:{v:h}} {<h>}
