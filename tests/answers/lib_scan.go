package main

import (
	"fmt"
	"io"
	"strings"
)

type T struct{ a, b int }

func (t *T) Scan(s fmt.ScanState, verb rune) error {
	w, ok := s.Width()
	s.SkipSpace()
	tok, err := s.Token(true, func(r rune) bool { return r >= '0' && r <= '9' || r == '/' })
	if err != nil {
		return err
	}
	n, err := fmt.Sscanf(string(tok), "%d/%d", &t.a, &t.b)
	fmt.Println("scan", string(verb), w, ok, string(tok), n, err)
	return err
}

func main() {
	inputs := []string{"", "1", "12 34", "  7\t8\n9", "abc", "3.5", "0x1f 0b11 0o17", "true f T", "-5 +6", "hello world", "99999999999999999999", "300", "1,2", "1 2 3 4\n5", "'x'", "\"q s\" `raw`", "1e3", "NaN inf", "1_000", "é世 界", "12abc", "%5", "a b\nc d", "\n1", "1\n\n2", "5/6 x", "0xzz", "+", "-", "0", "007", "1.5e", ".5", "0x1p4"}
	fs := []string{"%d", "%d %d", "%d,%d", "%s", "%s %s", "%v", "%5s", "%2d%2d", "%c", "%c%c", "%q", "%x", "%X", "%o", "%b", "%t", "%f", "%g", "%e", "%d%%", "%%%d", "%s\n%s", "%d\n%d", " %d", "%d ", "%U", "%z", "%", "%3c", "%v %v", "%d/%d", "x%d", "%1d%d", "%5d", "%2s%s", "%+d", "%i"}
	for _, in := range inputs {
		for _, f := range fs {
			var a, b int
			var s1, s2 string
			var u uint8
			var fl float64
			var f32 float32
			var bo bool
			var r rune
			var by []byte
			n, err := fmt.Sscanf(in, f, &a, &b)
			fmt.Printf("%q %q ii: %d %v %d %d\n", in, f, n, err, a, b)
			n, err = fmt.Sscanf(in, f, &s1, &s2)
			fmt.Printf("%q %q ss: %d %v %q %q\n", in, f, n, err, s1, s2)
			n, err = fmt.Sscanf(in, f, &u, &fl)
			fmt.Printf("%q %q uf: %d %v %d %v\n", in, f, n, err, u, fl)
			n, err = fmt.Sscanf(in, f, &fl, &bo)
			fmt.Printf("%q %q fb: %d %v %v %v\n", in, f, n, err, fl, bo)
			n, err = fmt.Sscanf(in, f, &bo)
			fmt.Printf("%q %q b: %d %v %v\n", in, f, n, err, bo)
			n, err = fmt.Sscanf(in, f, &r, &by)
			fmt.Printf("%q %q rB: %d %v %d %q\n", in, f, n, err, r, by)
			n, err = fmt.Sscanf(in, f, &f32)
			fmt.Printf("%q %q f32: %d %v %v\n", in, f, n, err, f32)
		}
		var a, b int
		var s1, s2 string
		var u uint8
		var fl float64
		var bo bool
		var t T
		for i, fn := range []func(string, ...any) (int, error){fmt.Sscan, fmt.Sscanln} {
			n, err := fn(in, &a, &b)
			fmt.Printf("%d %q %d %v %d %d\n", i, in, n, err, a, b)
			n, err = fn(in, &s1, &s2)
			fmt.Printf("%d %q %d %v %q %q\n", i, in, n, err, s1, s2)
			n, err = fn(in, &u, &fl)
			fmt.Printf("%d %q %d %v %d %v\n", i, in, n, err, u, fl)
			n, err = fn(in, &bo, &fl)
			fmt.Printf("%d %q %d %v %v %v\n", i, in, n, err, bo, fl)
			n, err = fn(in, &t)
			fmt.Printf("%d %q %d %v %v\n", i, in, n, err, t)
			n, err = fn(in)
			fmt.Printf("%d %q %d %v\n", i, in, n, err)
			n, err = fn(in, a)
			fmt.Printf("%d %q %d %v\n", i, in, n, err)
		}
		rd := strings.NewReader(in)
		for k := 0; k < 4; k++ {
			n, err := fmt.Fscan(rd, &s1)
			fmt.Printf("%q fscan %d %v %q left %d\n", in, n, err, s1, rd.Len())
		}
		rd = strings.NewReader(in)
		for k := 0; k < 4; k++ {
			n, err := fmt.Fscanln(rd, &s1)
			rest, _ := io.ReadAll(io.TeeReader(strings.NewReader(""), io.Discard))
			fmt.Printf("%q fscanln %d %v %q left %d %v\n", in, n, err, s1, rd.Len(), len(rest))
		}
	}
}
