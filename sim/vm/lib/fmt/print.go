// Package fmt prints values by verbs and by their types.
package fmt

import (
	"io"
	"os"
)

type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

type Formatter interface {
	Format(f State, verb rune)
}

type Stringer interface {
	String() string
}

type GoStringer interface {
	GoString() string
}

func Println(a ...any) (n int, err error) { return Fprintln(os.Stdout, a...) }

func Print(a ...any) (n int, err error) { return Fprint(os.Stdout, a...) }

func Printf(format string, a ...any) (n int, err error) { return Fprintf(os.Stdout, format, a...) }

func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := new(printer)
	p.println(a)
	return w.Write(p.buf)
}

func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := new(printer)
	p.print(a)
	return w.Write(p.buf)
}

func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := new(printer)
	p.printf(format, a)
	return w.Write(p.buf)
}

func Sprintln(a ...any) string {
	p := new(printer)
	p.println(a)
	return string(p.buf)
}

func Sprint(a ...any) string {
	p := new(printer)
	p.print(a)
	return string(p.buf)
}

func Sprintf(format string, a ...any) string {
	p := new(printer)
	p.printf(format, a)
	return string(p.buf)
}

func Appendln(b []byte, a ...any) []byte {
	p := &printer{buf: b}
	p.println(a)
	return p.buf
}

func Append(b []byte, a ...any) []byte {
	p := &printer{buf: b}
	p.print(a)
	return p.buf
}

func Appendf(b []byte, format string, a ...any) []byte {
	p := &printer{buf: b}
	p.printf(format, a)
	return p.buf
}

// println puts a space between any two; print only where neither is a string.
func (p *printer) println(args []any) {
	for i, arg := range args {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		p.arg(arg, 'v')
	}
	p.buf = append(p.buf, '\n')
}

func (p *printer) print(args []any) {
	afterString := true
	for _, arg := range args {
		isString := arg != nil && stringKind(arg)
		if !isString && !afterString {
			p.buf = append(p.buf, ' ')
		}
		p.arg(arg, 'v')
		afterString = isString
	}
}

// FormatString is the directive that made the call of a Format method.
func FormatString(state State, verb rune) string {
	b := []byte{'%'}
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	if w, ok := state.Width(); ok {
		b = append(b, Sprint(w)...)
	}
	if n, ok := state.Precision(); ok {
		b = append(b, '.')
		b = append(b, Sprint(n)...)
	}
	return string(b) + string(verb)
}
