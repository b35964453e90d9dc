package strconv

import "math"

func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	if bitSize != 32 && bitSize != 64 {
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	if bitSize == 32 {
		f = float64(float32(f))
	}
	switch fmt {
	case 'e', 'E', 'f', 'g', 'G', 'b', 'x', 'X':
		return formatFloat(f, fmt, prec, bitSize)
	}
	return "%" + string(rune(fmt))
}

func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	return append(dst, FormatFloat(f, fmt, prec, bitSize)...)
}

func ParseFloat(s string, bitSize int) (float64, error) {
	f, n, err := parseFloatPrefix(s, bitSize)
	if n != len(s) && (err == nil || err.(*NumError).Err != ErrSyntax) {
		return 0, fail("ParseFloat", s, ErrSyntax)
	}
	return f, err
}

func lowerEqual(s, lower string) bool {
	if len(s) < len(lower) {
		return false
	}
	for i := 0; i < len(lower); i++ {
		if s[i]|0x20 != lower[i] {
			return false
		}
	}
	return true
}

// special reads inf, infinity and nan; n is 0 if s begins with none of them.
func special(s string) (f float64, n int) {
	sign, rest := 1.0, s
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		rest = s[1:]
	}
	signed := len(s) - len(rest)
	zero := 0.0
	switch {
	case lowerEqual(rest, "infinity"):
		return sign / zero, signed + 8
	case lowerEqual(rest, "inf"):
		return sign / zero, signed + 3
	case signed == 0 && lowerEqual(rest, "nan"):
		return math.NaN(), 3
	}
	return 0, 0
}

// parseFloatPrefix reads the number that s begins with and tells how long it is.
func parseFloatPrefix(s string, bitSize int) (f float64, n int, err error) {
	if f, n := special(s); n > 0 {
		if bitSize == 32 {
			f = float64(float32(f))
		}
		return f, n, nil
	}
	var r floatReader
	if !r.read(s) || r.underscores && !underscoresFit(s[:r.n]) {
		return 0, 0, fail("ParseFloat", s, ErrSyntax)
	}
	ok := true
	if r.hex {
		f, ok = scaleBits(r.bits, r.sticky, r.exp, bitSize)
	} else {
		f, ok = parseDecimal(string(r.digits), r.exp, bitSize)
	}
	if !ok {
		err = fail("ParseFloat", s, ErrRange)
	}
	if r.neg {
		f = -f
	}
	return f, r.n, err
}

// floatReader takes a literal apart: digits times 10^exp, or bits times 2^exp.
type floatReader struct {
	neg, hex, underscores, sticky bool
	digits                        []byte
	bits                          uint64
	exp                           int
	n                             int
}

func (r *floatReader) read(s string) bool {
	i := 0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		r.neg = s[0] == '-'
		i++
	}
	if i+2 < len(s) && s[i] == '0' && s[i+1]|0x20 == 'x' {
		r.hex = true
		i += 2
	}
	i, some := r.mantissa(s, i)
	if !some {
		return false
	}
	mark := byte('e')
	if r.hex {
		mark = 'p'
	}
	if i < len(s) && s[i]|0x20 == mark {
		var ok bool
		if i, ok = r.exponent(s, i+1); !ok {
			return false
		}
	} else if r.hex {
		return false
	}
	r.n = i
	return true
}

func (r *floatReader) mantissa(s string, i int) (next int, some bool) {
	dot := false
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '_':
			r.underscores = true
		case c == '.':
			if dot {
				return i, some
			}
			dot = true
		case '0' <= c && c <= '9', r.hex && digitValue(c) < 16:
			some = true
			r.digit(c, dot)
		default:
			return i, some
		}
	}
	return i, some
}

func (r *floatReader) digit(c byte, afterDot bool) {
	if !r.hex {
		if afterDot {
			r.exp--
		}
		if c != '0' || len(r.digits) > 0 {
			r.digits = append(r.digits, c)
		}
		return
	}
	if afterDot {
		r.exp -= 4
	}
	if r.bits>>60 == 0 {
		r.bits = r.bits<<4 | uint64(digitValue(c))
		return
	}
	r.exp += 4
	r.sticky = r.sticky || c != '0'
}

func (r *floatReader) exponent(s string, i int) (next int, ok bool) {
	neg := false
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		neg = s[i] == '-'
		i++
	}
	if i >= len(s) || s[i] < '0' || s[i] > '9' {
		return i, false
	}
	e := 0
	for ; i < len(s) && ('0' <= s[i] && s[i] <= '9' || s[i] == '_'); i++ {
		if s[i] == '_' {
			r.underscores = true
		} else if e < 100000 {
			e = e*10 + int(s[i]-'0')
		}
	}
	if neg {
		e = -e
	}
	r.exp += e
	return i, true
}
