// Package strconv turns numbers and quoted strings to text and back.
package strconv

import "errors"

const IntSize = 64

var (
	ErrRange  = errors.New("value out of range")
	ErrSyntax = errors.New("invalid syntax")
)

// NumError says which function refused which text.
type NumError struct {
	Func string
	Num  string
	Err  error
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

func (e *NumError) Unwrap() error { return e.Err }

func fail(fn, s string, err error) error { return &NumError{fn, s, err} }

func failText(fn, s, text string) error { return &NumError{fn, s, errors.New(text)} }

func Itoa(i int) string { return formatInt(int64(i), 10) }

func FormatInt(i int64, base int) string {
	checkBase(base)
	return formatInt(i, base)
}

func FormatUint(i uint64, base int) string {
	checkBase(base)
	return formatUint(i, base)
}

func checkBase(base int) {
	if base < 2 || base > 36 {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
}

func AppendInt(dst []byte, i int64, base int) []byte { return append(dst, FormatInt(i, base)...) }

func AppendUint(dst []byte, i uint64, base int) []byte { return append(dst, FormatUint(i, base)...) }

func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func AppendBool(dst []byte, b bool) []byte { return append(dst, FormatBool(b)...) }

func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, fail("ParseBool", str, ErrSyntax)
}

func digitValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return int(c|0x20-'a') + 10
	}
	return 99
}

func ParseUint(s string, base int, bitSize int) (uint64, error) {
	return parseUint("ParseUint", s, s, base, bitSize)
}

// parseUint reads s; whole is the text that an error names.
func parseUint(fn, s, whole string, base, bitSize int) (uint64, error) {
	if s == "" {
		return 0, fail(fn, whole, ErrSyntax)
	}
	prefixed := base == 0
	digits := s
	switch {
	case base >= 2 && base <= 36:
	case base == 0:
		base, digits = prefix(s)
	default:
		return 0, failText(fn, whole, "invalid base "+Itoa(base))
	}
	if bitSize == 0 {
		bitSize = IntSize
	} else if bitSize < 0 || bitSize > 64 {
		return 0, failText(fn, whole, "invalid bit size "+Itoa(bitSize))
	}
	var max uint64 = 1<<uint(bitSize) - 1
	var n uint64
	for i := 0; i < len(digits); i++ { // what is too large is told before what stands behind it is read
		c := digits[i]
		if c == '_' && prefixed {
			continue
		}
		d := digitValue(c)
		if d >= base {
			return 0, fail(fn, whole, ErrSyntax)
		}
		more := n*uint64(base) + uint64(d)
		if n > max/uint64(base) || more < uint64(d) || more > max {
			return max, fail(fn, whole, ErrRange)
		}
		n = more
	}
	if digits == "" || prefixed && !underscoresFit(s) {
		return 0, fail(fn, whole, ErrSyntax)
	}
	return n, nil
}

func prefix(s string) (base int, digits string) {
	if len(s) < 2 || s[0] != '0' {
		return 10, s
	}
	if len(s) >= 3 {
		switch s[1] | 0x20 {
		case 'b':
			return 2, s[2:]
		case 'o':
			return 8, s[2:]
		case 'x':
			return 16, s[2:]
		}
	}
	return 8, s[1:]
}

// underscoresFit: an underscore stands between digits, or between prefix and digit.
func underscoresFit(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	hex := false
	before := byte('^') // '0': a digit or the prefix; '_': an underscore; '^': the beginning; '!': none of these
	if len(s) >= 2 && s[0] == '0' {
		if c := s[1] | 0x20; c == 'b' || c == 'o' || c == 'x' {
			hex = c == 'x'
			s = s[2:]
			before = '0'
		}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9' || hex && digitValue(c) < 16:
			before = '0'
		case c == '_':
			if before != '0' {
				return false
			}
			before = '_'
		default:
			if before == '_' {
				return false
			}
			before = '!'
		}
	}
	return before != '_'
}

func ParseInt(s string, base int, bitSize int) (int64, error) {
	return parseInt("ParseInt", s, base, bitSize)
}

func parseInt(fn, s string, base, bitSize int) (int64, error) {
	if s == "" {
		return 0, fail(fn, s, ErrSyntax)
	}
	digits, neg := s, false
	if s[0] == '+' || s[0] == '-' {
		neg = s[0] == '-'
		digits = s[1:]
	}
	u, err := parseUint(fn, digits, s, base, bitSize)
	if e, ok := err.(*NumError); ok && e.Err != ErrRange {
		return 0, err
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	limit := uint64(1) << uint(bitSize-1)
	switch {
	case !neg && u >= limit:
		return int64(limit - 1), fail(fn, s, ErrRange)
	case neg && u > limit:
		return -int64(limit), fail(fn, s, ErrRange)
	case neg:
		return -int64(u), nil
	}
	return int64(u), nil
}

func Atoi(s string) (int, error) {
	n, err := parseInt("Atoi", s, 10, 0)
	return int(n), err
}
