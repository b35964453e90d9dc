package fmt

import (
	"errors"
	"io"
	"os"
	"unicode"
	"unicode/utf8"
)

// ScanState is what a Scan method reads from.
type ScanState interface {
	ReadRune() (r rune, size int, err error)
	UnreadRune() error
	SkipSpace()
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	Width() (wid int, ok bool)
	Read(buf []byte) (n int, err error)
}

type Scanner interface {
	Scan(state ScanState, verb rune) error
}

func Scan(a ...any) (n int, err error) { return Fscan(os.Stdin, a...) }

func Scanln(a ...any) (n int, err error) { return Fscanln(os.Stdin, a...) }

func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }

func Sscan(str string, a ...any) (n int, err error) { return Fscan(&text{rest: str}, a...) }

func Sscanln(str string, a ...any) (n int, err error) { return Fscanln(&text{rest: str}, a...) }

func Sscanf(str string, format string, a ...any) (n int, err error) {
	return Fscanf(&text{rest: str}, format, a...)
}

func Fscan(r io.Reader, a ...any) (n int, err error) {
	return newScan(r, true, false).all(a)
}

func Fscanln(r io.Reader, a ...any) (n int, err error) {
	return newScan(r, false, true).all(a)
}

func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return newScan(r, false, false).formatted(format, a)
}

// text is a string as a reader.
type text struct{ rest string }

func (t *text) Read(b []byte) (n int, err error) {
	if t.rest == "" {
		return 0, io.EOF
	}
	n = copy(b, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// scanError is how the parts below leave: it is caught where the call began. Any other panic goes on.
type scanError struct{ err error }

func fail(text string) { panic(scanError{errors.New(text)}) }

func catchScan(err *error) {
	switch thrown := recover().(type) {
	case nil:
	case scanError:
		*err = thrown.err
	default:
		panic(thrown)
	}
}

func newScan(r io.Reader, newlineIsSpace, untilNewline bool) *scan {
	s := &scan{newlineIsSpace: newlineIsSpace, untilNewline: untilNewline, left: noLimit}
	if rs, ok := r.(io.RuneScanner); ok {
		s.in = rs
	} else {
		s.in = &runeReader{r: r}
	}
	return s
}

// all is Scan and Scanln: values between spaces.
func (s *scan) all(a []any) (n int, err error) {
	defer catchScan(&err)
	for _, v := range a {
		s.one('v', v)
		n++
	}
	for s.untilNewline {
		r := s.get()
		if r == '\n' || r == atEOF {
			break
		}
		if !unicode.IsSpace(r) {
			fail("expected newline")
		}
	}
	return n, nil
}

func (s *scan) formatted(format string, a []any) (n int, err error) {
	defer catchScan(&err)
	for format != "" {
		rest, matched := s.literal(format)
		if len(rest) < len(format) && matched {
			format = rest
			continue
		}
		if !matched && format[0] != '%' {
			fail("input does not match format")
		}
		d := directives{format: format, at: 1}
		width, limited := d.number()
		verb, size := utf8.DecodeRuneInString(format[d.at:])
		format = format[d.at+size:]
		if verb != 'c' {
			s.SkipSpace()
		}
		if verb == '%' {
			s.need()
			if !s.accept("%") {
				fail("missing literal %")
			}
			continue
		}
		if n >= len(a) {
			fail("too few operands for format '%" + string(verb) + format + "'")
		}
		s.width, s.limited = width, limited
		if limited {
			s.left = width
		}
		s.one(verb, a[n])
		s.limited, s.left = false, noLimit
		n++
	}
	if n < len(a) {
		fail("too many operands")
	}
	return n, nil
}

// literal matches the input with the format up to its next directive. matched is false where they differ.
func (s *scan) literal(format string) (rest string, matched bool) {
	for format != "" {
		c, size := utf8.DecodeRuneInString(format)
		if unicode.IsSpace(c) {
			format = s.spaces(format)
			continue
		}
		if c == '%' {
			if len(format) == 1 {
				fail("missing verb: % at end of format string")
			}
			if format[1] != '%' {
				return format, true
			}
			format = format[1:]
		}
		if s.must() != c {
			s.UnreadRune()
			return format, false
		}
		format = format[size:]
	}
	return "", true
}

// spaces matches space in the format: each newline with a newline or the end, other space with at least one space.
func (s *scan) spaces(format string) (rest string) {
	newlines, trailing := 0, false
	for format != "" {
		c, size := utf8.DecodeRuneInString(format)
		if !unicode.IsSpace(c) {
			break
		}
		trailing = c != '\n'
		if c == '\n' {
			newlines++
		}
		format = format[size:]
	}
	for i := 0; i < newlines; i++ {
		r := s.get()
		for unicode.IsSpace(r) && r != '\n' {
			r = s.get()
		}
		if r != '\n' && r != atEOF {
			fail("newline in format does not match input")
		}
	}
	if !trailing {
		return format
	}
	r := s.get()
	if newlines == 0 {
		if !unicode.IsSpace(r) && r != atEOF {
			fail("expected space in input to match format")
		}
		if r == '\n' {
			fail("newline in input does not match format")
		}
	}
	for unicode.IsSpace(r) && r != '\n' {
		r = s.get()
	}
	if r != atEOF {
		s.UnreadRune()
	}
	return format
}
