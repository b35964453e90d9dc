package strconv

import "unicode/utf8"

const hexDigits = "0123456789abcdef"

const ( // what is escaped besides quote, backslash and controls
	keepPrintable = iota
	asciiOnly
	keepGraphic
)

func Quote(s string) string { return string(appendQuoted(nil, s, '"', keepPrintable)) }

func QuoteToASCII(s string) string { return string(appendQuoted(nil, s, '"', asciiOnly)) }

func QuoteToGraphic(s string) string { return string(appendQuoted(nil, s, '"', keepGraphic)) }

func AppendQuote(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', keepPrintable) }

func AppendQuoteToASCII(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', asciiOnly) }

func AppendQuoteToGraphic(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', keepGraphic) }

func QuoteRune(r rune) string { return string(AppendQuoteRune(nil, r)) }

func QuoteRuneToASCII(r rune) string { return string(AppendQuoteRuneToASCII(nil, r)) }

func QuoteRuneToGraphic(r rune) string { return string(AppendQuoteRuneToGraphic(nil, r)) }

func AppendQuoteRune(dst []byte, r rune) []byte { return quoteRune(dst, r, keepPrintable) }

func AppendQuoteRuneToASCII(dst []byte, r rune) []byte { return quoteRune(dst, r, asciiOnly) }

func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte { return quoteRune(dst, r, keepGraphic) }

func quoteRune(dst []byte, r rune, mode int) []byte {
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	dst = append(dst, '\'')
	dst = appendEscaped(dst, r, '\'', mode)
	return append(dst, '\'')
}

func appendQuoted(dst []byte, s string, quote byte, mode int) []byte {
	dst = append(dst, quote)
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7F && c != quote && c != '\\' {
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n == 1 && r == utf8.RuneError {
			dst = append(dst, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		} else {
			dst = appendEscaped(dst, r, quote, mode)
		}
		i += n
	}
	return append(dst, quote)
}

func appendEscaped(dst []byte, r rune, quote byte, mode int) []byte {
	if r == rune(quote) || r == '\\' {
		return append(dst, '\\', byte(r))
	}
	switch {
	case r < utf8.RuneSelf && isPrint(r),
		mode == keepPrintable && isPrint(r),
		mode == keepGraphic && isGraphic(r):
		return utf8.AppendRune(dst, r)
	}
	switch r {
	case '\a':
		return append(dst, `\a`...)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	case '\v':
		return append(dst, `\v`...)
	}
	switch {
	case r < ' ' || r == 0x7F:
		return append(dst, '\\', 'x', hexDigits[r>>4], hexDigits[r&15])
	case r < 0x10000:
		dst = append(dst, '\\', 'u')
		for shift := 12; shift >= 0; shift -= 4 {
			dst = append(dst, hexDigits[r>>uint(shift)&15])
		}
		return dst
	}
	dst = append(dst, '\\', 'U')
	for shift := 28; shift >= 0; shift -= 4 {
		dst = append(dst, hexDigits[r>>uint(shift)&15])
	}
	return dst
}

func IsPrint(r rune) bool { return isPrint(r) }

func IsGraphic(r rune) bool { return isGraphic(r) }

// CanBackquote tells whether s may stand between backquotes, on one line and unchanged.
func CanBackquote(s string) bool {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		if n == 1 && r == utf8.RuneError || r == '\uFEFF' || r == '`' || r == 0x7F || r < ' ' && r != '\t' {
			return false
		}
	}
	return true
}

// UnquoteChar reads the first character or escape of s, which stood between quotes.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	if s == "" {
		return 0, false, "", ErrSyntax
	}
	c := s[0]
	if c == quote && (quote == '\'' || quote == '"') {
		return 0, false, "", ErrSyntax
	}
	if c >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(s)
		return r, true, s[n:], nil
	}
	if c != '\\' {
		return rune(c), false, s[1:], nil
	}
	if len(s) < 2 {
		return 0, false, "", ErrSyntax
	}
	c, s = s[1], s[2:]
	switch c {
	case 'a':
		return '\a', false, s, nil
	case 'b':
		return '\b', false, s, nil
	case 'f':
		return '\f', false, s, nil
	case 'n':
		return '\n', false, s, nil
	case 'r':
		return '\r', false, s, nil
	case 't':
		return '\t', false, s, nil
	case 'v':
		return '\v', false, s, nil
	case '\\':
		return '\\', false, s, nil
	case '\'', '"':
		if c != quote {
			return 0, false, "", ErrSyntax
		}
		return rune(c), false, s, nil
	case 'x':
		return unquoteDigits(s, 2, 16, c)
	case 'u':
		return unquoteDigits(s, 4, 16, c)
	case 'U':
		return unquoteDigits(s, 8, 16, c)
	}
	if '0' <= c && c <= '7' {
		return unquoteOctal(c, s)
	}
	return 0, false, "", ErrSyntax
}

func unquoteOctal(first byte, s string) (value rune, multibyte bool, tail string, err error) {
	v, _, tail, err := unquoteDigits(s, 2, 8, 'x')
	v += rune(first-'0') * 64
	if err != nil || v > 255 {
		return 0, false, "", ErrSyntax
	}
	return v, false, tail, nil
}

func unquoteDigits(s string, n, base int, kind byte) (value rune, multibyte bool, tail string, err error) {
	if len(s) < n {
		return 0, false, "", ErrSyntax
	}
	for i := 0; i < n; i++ {
		d := digitValue(s[i])
		if d >= base {
			return 0, false, "", ErrSyntax
		}
		value = value*rune(base) + rune(d)
	}
	if kind == 'x' {
		return value, false, s[n:], nil
	}
	if !utf8.ValidRune(value) {
		return 0, false, "", ErrSyntax
	}
	return value, true, s[n:], nil
}

// Unquote reads a quoted string or character literal of Go.
func Unquote(s string) (string, error) {
	text, rest, err := unquote(s)
	if err != nil || rest != "" {
		return "", ErrSyntax
	}
	return text, nil
}

// QuotedPrefix is the quoted string that s begins with, quotes and all.
func QuotedPrefix(s string) (string, error) {
	_, rest, err := unquote(s)
	if err != nil {
		return "", err
	}
	return s[:len(s)-len(rest)], nil
}

func unquote(s string) (text, rest string, err error) {
	if len(s) < 2 {
		return "", "", ErrSyntax
	}
	quote := s[0]
	s = s[1:]
	switch quote {
	case '`':
		return unquoteRaw(s)
	case '"', '\'':
	default:
		return "", "", ErrSyntax
	}
	var buf []byte
	for n := 0; ; n++ {
		if s == "" {
			return "", "", ErrSyntax
		}
		if s[0] == quote { // '' too is taken for the empty text, as by Go's
			return string(buf), s[1:], nil
		}
		if s[0] == '\n' || quote == '\'' && n == 1 {
			return "", "", ErrSyntax
		}
		r, multi, tail, err := UnquoteChar(s, quote)
		if err != nil {
			return "", "", err
		}
		if multi {
			buf = utf8.AppendRune(buf, r)
		} else {
			buf = append(buf, byte(r))
		}
		s = tail
	}
}

func unquoteRaw(s string) (text, rest string, err error) {
	var buf []byte
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '`':
			return string(buf), s[i+1:], nil
		case '\r':
		default:
			buf = append(buf, s[i])
		}
	}
	return "", "", ErrSyntax
}
