package strings

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s != "" {
			line := s
			if i := indexByte(s, '\n'); i >= 0 {
				line = s[:i+1]
			}
			s = s[len(line):]
			if !yield(line) {
				return
			}
		}
	}
}

func SplitSeq(s, sep string) iter.Seq[string] { return pieces(s, sep, 0) }

func SplitAfterSeq(s, sep string) iter.Seq[string] { return pieces(s, sep, len(sep)) }

func pieces(s, sep string, keep int) iter.Seq[string] {
	return func(yield func(string) bool) {
		rest := s
		for {
			i := index(rest, sep)
			if sep == "" {
				if rest == "" {
					return
				}
				_, n := utf8.DecodeRuneInString(rest)
				i = n
				if n == len(rest) {
					i = -1
				}
			}
			if i < 0 {
				yield(rest)
				return
			}
			if !yield(rest[:i+keep]) {
				return
			}
			rest = rest[i+len(sep):]
		}
	}
}

func FieldsSeq(s string) iter.Seq[string] { return FieldsFuncSeq(s, unicode.IsSpace) }

func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, part := range FieldsFunc(s, f) {
			if !yield(part) {
				return
			}
		}
	}
}
