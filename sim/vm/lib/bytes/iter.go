package bytes

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

func Lines(s []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		rest := s
		for len(rest) > 0 {
			line := rest
			if i := IndexByte(rest, '\n'); i >= 0 {
				line = rest[:i+1]
			}
			rest = rest[len(line):]
			if !yield(line[:len(line):len(line)]) {
				return
			}
		}
	}
}

func SplitSeq(s, sep []byte) iter.Seq[[]byte] { return pieces(s, sep, 0) }

func SplitAfterSeq(s, sep []byte) iter.Seq[[]byte] { return pieces(s, sep, len(sep)) }

func pieces(s, sep []byte, keep int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		rest := s
		for {
			i := Index(rest, sep)
			if len(sep) == 0 {
				if len(rest) == 0 {
					return
				}
				if _, i = utf8.DecodeRune(rest); i == len(rest) {
					i = -1
				}
			}
			if i < 0 {
				yield(rest[:len(rest):len(rest)])
				return
			}
			if !yield(rest[:i+keep : i+keep]) {
				return
			}
			rest = rest[i+len(sep):]
		}
	}
}

func FieldsSeq(s []byte) iter.Seq[[]byte] { return FieldsFuncSeq(s, unicode.IsSpace) }

func FieldsFuncSeq(s []byte, f func(rune) bool) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, part := range FieldsFunc(s, f) {
			if !yield(part) {
				return
			}
		}
	}
}
