package main

import (
	"encoding"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand"
	r2 "math/rand/v2"
	"strings"
	"time"
)

type level int

func (l level) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("L%d", int(l))), nil }
func (l *level) UnmarshalText(b []byte) error {
	if len(b) < 2 || b[0] != 'L' {
		return errors.New("no level")
	}
	*l = level(b[1] - '0')
	return nil
}

var _ encoding.TextMarshaler = level(0)

type at struct{ b []byte }

func (a *at) WriteAt(p []byte, off int64) (int, error) {
	for len(a.b) < int(off)+len(p) {
		a.b = append(a.b, '.')
	}
	return copy(a.b[off:], p), nil
}

func main() {
	z := rand.NewZipf(rand.New(rand.NewSource(3)), 1.5, 2, 100)
	for range 20 {
		fmt.Print(z.Uint64(), " ")
	}
	fmt.Println(rand.NewZipf(nil, 1, 1, 1) == nil)
	z2 := r2.NewZipf(r2.New(r2.NewPCG(3, 4)), 2.5, 1, 1000)
	for range 20 {
		fmt.Print(z2.Uint64(), " ")
	}
	fmt.Println()
	c := r2.NewChaCha8([32]byte([]byte("chacha8: 32-byte seed for a test")))
	var sum uint64
	for i := range 200 {
		x := c.Uint64()
		sum = sum*31 + x
		if i < 4 {
			fmt.Println(x)
		}
	}
	b := make([]byte, 13)
	c.Read(b)
	m, err := c.MarshalBinary()
	fmt.Println(sum, b, m, err)
	d := r2.NewChaCha8([32]byte{})
	fmt.Println(d.UnmarshalBinary(m), d.Uint64() == c.Uint64(), d.UnmarshalBinary([]byte("x")))
	c.Read(b[:5])
	d.Read(b[5:10])
	fmt.Println(b, r2.New(c).IntN(1000))
	c.Seed([32]byte{1})
	fmt.Println(c.Uint64())
	p := r2.NewPCG(5, 6)
	pm, _ := p.MarshalBinary()
	fmt.Println(pm, p.UnmarshalBinary(pm), p.UnmarshalBinary(nil), p.Uint64())

	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	var l level
	fs.TextVar(&l, "level", level(3), "the level")
	fmt.Println(int(l))
	fmt.Println(fs.Parse([]string{"-level", "L7"}))
	fmt.Println(int(l))
	fmt.Println(fs.Parse([]string{"-level=x"}), fs.Lookup("level").DefValue)

	a := &at{}
	o := io.NewOffsetWriter(a, 3)
	fmt.Fprint(o, "abc")
	o.Seek(1, io.SeekStart)
	fmt.Fprint(o, "X")
	n, err := o.WriteAt([]byte("end"), 6)
	fmt.Println(string(a.b), n, err)
	_, err = o.Seek(-9, io.SeekCurrent)
	fmt.Println(err)
	s := io.NewSectionReader(strings.NewReader("0123456789"), 2, 5)
	_, off, size := s.Outer()
	fmt.Println(off, size, s.Size())

	for _, t := range []time.Time{time.Date(2024, 5, 6, 7, 8, 9, 120, time.UTC), time.Date(2024, 5, 6, 7, 8, 9, 0, time.FixedZone("A", 5*3600+30)), time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 5, 6, 7, 8, 9, 0, time.FixedZone("B", 25*3600)), {}} {
		x, err := t.MarshalText()
		fmt.Println(string(x), err)
		x, err = t.MarshalJSON()
		fmt.Println(string(x), err)
		x, err = t.MarshalBinary()
		fmt.Println(x, err)
		var u time.Time
		fmt.Println(u.UnmarshalBinary(x), u, u.Equal(t), u.IsDST())
	}
	for _, s := range []string{`"2024-05-06T07:08:09Z"`, `null`, `5`, `"x"`} {
		var u time.Time
		err := u.UnmarshalJSON([]byte(s))
		fmt.Println(s, u, err)
	}
}
