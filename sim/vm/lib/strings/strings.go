// Package strings takes strings apart and puts them together.
package strings

import (
	"unicode"
	"unicode/utf8"
)

func Index(s, substr string) int { return index(s, substr) }

func LastIndex(s, substr string) int { return lastIndex(s, substr) }

func IndexByte(s string, c byte) int { return indexByte(s, c) }

func LastIndexByte(s string, c byte) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == c {
			return i
		}
	}
	return -1
}

func IndexRune(s string, r rune) int {
	switch {
	case r >= 0 && r < utf8.RuneSelf:
		return indexByte(s, byte(r))
	case r == utf8.RuneError:
		for i, c := range s {
			if c == r {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	return index(s, string(r))
}

func IndexAny(s, chars string) int {
	return IndexFunc(s, func(r rune) bool { return IndexRune(chars, r) >= 0 })
}

func LastIndexAny(s, chars string) int {
	return LastIndexFunc(s, func(r rune) bool { return IndexRune(chars, r) >= 0 })
}

func IndexFunc(s string, f func(rune) bool) int {
	for i, r := range s {
		if f(r) {
			return i
		}
	}
	return -1
}

func LastIndexFunc(s string, f func(rune) bool) int {
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		if f(r) {
			return i
		}
	}
	return -1
}

func Contains(s, substr string) bool { return index(s, substr) >= 0 }

func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

func HasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

func Count(s, substr string) int {
	if substr == "" {
		return utf8.RuneCountInString(s) + 1
	}
	n := 0
	for {
		i := index(s, substr)
		if i < 0 {
			return n
		}
		n++
		s = s[i+len(substr):]
	}
}

func Compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func Clone(s string) string { return string([]byte(s)) }

func EqualFold(s, t string) bool {
	for s != "" && t != "" {
		a, n := utf8.DecodeRuneInString(s)
		b, m := utf8.DecodeRuneInString(t)
		if a != b && unicode.ToLower(a) != unicode.ToLower(b) && unicode.ToUpper(a) != unicode.ToUpper(b) {
			return false
		}
		s, t = s[n:], t[m:]
	}
	return s == t
}

// explode cuts s into its characters, at most n pieces.
func explode(s string, n int) []string {
	most := utf8.RuneCountInString(s)
	if n < 0 || n > most {
		n = most
	}
	parts := make([]string, 0, n)
	for len(parts) < n-1 {
		_, size := utf8.DecodeRuneInString(s)
		parts = append(parts, s[:size])
		s = s[size:]
	}
	if n > 0 {
		parts = append(parts, s)
	}
	return parts
}

// split cuts at sep, leaving keep bytes of it at the end of each piece.
func split(s, sep string, keep, n int) []string {
	if n == 0 {
		return nil
	}
	if sep == "" {
		return explode(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	parts := make([]string, 0, min(n, len(s)+1))
	for len(parts) < n-1 {
		i := index(s, sep)
		if i < 0 {
			break
		}
		parts = append(parts, s[:i+keep])
		s = s[i+len(sep):]
	}
	return append(parts, s)
}

func Split(s, sep string) []string { return split(s, sep, 0, -1) }

func SplitN(s, sep string, n int) []string { return split(s, sep, 0, n) }

func SplitAfter(s, sep string) []string { return split(s, sep, len(sep), -1) }

func SplitAfterN(s, sep string, n int) []string { return split(s, sep, len(sep), n) }

func Fields(s string) []string { return FieldsFunc(s, unicode.IsSpace) }

func FieldsFunc(s string, f func(rune) bool) []string {
	parts := []string{}
	from := -1
	for i, r := range s {
		if f(r) {
			if from >= 0 {
				parts = append(parts, s[from:i])
				from = -1
			}
		} else if from < 0 {
			from = i
		}
	}
	if from >= 0 {
		parts = append(parts, s[from:])
	}
	return parts
}

func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	n := len(sep) * (len(elems) - 1)
	for _, e := range elems {
		n += len(e)
	}
	buf := make([]byte, 0, n)
	for i, e := range elems {
		if i > 0 {
			buf = append(buf, sep...)
		}
		buf = append(buf, e...)
	}
	return share(buf)
}

func Repeat(s string, count int) string {
	if count < 0 {
		panic("strings: negative Repeat count")
	}
	if len(s) > 0 && count > (1<<63-1)/len(s) {
		panic("strings: Repeat output length overflow")
	}
	buf := make([]byte, 0, len(s)*count)
	for ; count > 0; count-- {
		buf = append(buf, s...)
	}
	return share(buf)
}

// Map drops the characters for which mapping is negative.
func Map(mapping func(rune) rune, s string) string {
	buf := make([]byte, 0, len(s))
	for _, r := range s {
		if m := mapping(r); m >= 0 {
			buf = utf8.AppendRune(buf, m)
		}
	}
	return share(buf)
}

func ToUpper(s string) string { return Map(unicode.ToUpper, s) }

func ToLower(s string) string { return Map(unicode.ToLower, s) }

func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

func ToValidUTF8(s, replacement string) string {
	buf := make([]byte, 0, len(s))
	bad := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			if !bad {
				buf = append(buf, replacement...)
			}
			bad = true
		} else {
			buf = append(buf, s[i:i+n]...)
			bad = false
		}
		i += n
	}
	return share(buf)
}

// Title makes the first letter of each word large; words are parted by what is no letter, digit, underscore or quote.
func Title(s string) string {
	before := ' '
	return Map(func(r rune) rune {
		last := before
		before = r
		if separates(last) {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

func separates(r rune) bool {
	if r < utf8.RuneSelf {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && unicode.IsSpace(r)
}

func TrimLeftFunc(s string, f func(rune) bool) string {
	i := IndexFunc(s, func(r rune) bool { return !f(r) })
	if i < 0 {
		return ""
	}
	return s[i:]
}

func TrimRightFunc(s string, f func(rune) bool) string {
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if !f(r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

func TrimFunc(s string, f func(rune) bool) string { return TrimRightFunc(TrimLeftFunc(s, f), f) }

func among(cutset string) func(rune) bool {
	return func(r rune) bool { return IndexRune(cutset, r) >= 0 }
}

func Trim(s, cutset string) string { return TrimFunc(s, among(cutset)) }

func TrimLeft(s, cutset string) string { return TrimLeftFunc(s, among(cutset)) }

func TrimRight(s, cutset string) string { return TrimRightFunc(s, among(cutset)) }

func TrimSpace(s string) string { return TrimFunc(s, unicode.IsSpace) }

func TrimPrefix(s, prefix string) string {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

func TrimSuffix(s, suffix string) string {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

func Replace(s, old, new string, n int) string {
	if n == 0 || old == new {
		return s
	}
	var buf []byte
	done := 0
	if old == "" {
		for i := range s {
			if n >= 0 && done == n {
				return string(append(buf, s[i:]...))
			}
			buf = append(buf, new...)
			_, size := utf8.DecodeRuneInString(s[i:])
			buf = append(buf, s[i:i+size]...)
			done++
		}
		if n < 0 || done < n {
			buf = append(buf, new...)
		}
		return share(buf)
	}
	for n < 0 || done < n {
		i := index(s, old)
		if i < 0 {
			break
		}
		buf = append(buf, s[:i]...)
		buf = append(buf, new...)
		s = s[i+len(old):]
		done++
	}
	if done == 0 {
		return s
	}
	return share(append(buf, s...))
}

func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }

func Cut(s, sep string) (before, after string, found bool) {
	if i := index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}
