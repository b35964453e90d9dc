package fmt

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

func upper(c rune) bool { return unicode.IsUpper(c) }

// fill appends n pads before or after text.
func (p *printer) fill(n int, c byte) {
	for ; n > 0; n-- {
		p.buf = append(p.buf, c)
	}
}

// pad appends text, widened to the width in runes.
func (p *printer) pad(text string) {
	if !p.hasWid || p.wid == 0 {
		p.buf = append(p.buf, text...)
		return
	}
	n := p.wid - utf8.RuneCountInString(text)
	if p.minus {
		p.buf = append(p.buf, text...)
		p.fill(n, ' ')
		return
	}
	if p.zero {
		p.fill(n, '0')
	} else {
		p.fill(n, ' ')
	}
	p.buf = append(p.buf, text...)
}

// cut shortens text to the precision in runes.
func (p *printer) cut(text string) string {
	if !p.hasPrec {
		return text
	}
	n := p.prec
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

func (p *printer) str(text string) { p.pad(p.cut(text)) }

func (p *printer) fmtBool(v any, b bool, verb rune) {
	if verb != 't' && verb != 'v' {
		p.badVerb(v, verb)
		return
	}
	p.pad(strconv.FormatBool(b))
}

func (p *printer) fmtString(v any, s string, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV {
			p.quoted(s)
		} else {
			p.str(s)
		}
	case 's':
		p.str(s)
	case 'q':
		p.quoted(s)
	case 'x', 'X':
		p.hexString(s, verb)
	default:
		p.badVerb(v, verb)
	}
}

func (p *printer) bytesAs(v any, b []byte, verb rune) {
	switch verb {
	case 's':
		p.str(string(b))
	case 'q':
		p.quoted(string(b))
	default:
		p.hexString(string(b), verb)
	}
}

func (p *printer) quoted(s string) {
	s = p.cut(s)
	switch {
	case p.sharp && strconv.CanBackquote(s):
		p.pad("`" + s + "`")
	case p.plus:
		p.pad(strconv.QuoteToASCII(s))
	default:
		p.pad(strconv.Quote(s))
	}
}

func hexDigits(verb rune) string {
	if verb == 'X' {
		return "0123456789ABCDEF"
	}
	return "0123456789abcdef"
}

// hexString: two digits a byte; a space between bytes and 0x before them, or before all, as flags say.
func (p *printer) hexString(s string, verb rune) {
	if p.hasPrec && p.prec < len(s) {
		s = s[:p.prec]
	}
	digits := hexDigits(verb)
	var out []byte
	for i := 0; i < len(s); i++ {
		if p.space && i > 0 {
			out = append(out, ' ')
		}
		if p.sharp && (p.space || i == 0) {
			out = append(out, '0', byte(verb))
		}
		out = append(out, digits[s[i]>>4], digits[s[i]&15])
	}
	p.pad(string(out))
}

func (p *printer) integer(v any, u uint64, signed bool, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV && !signed {
			p.hex0x(u, true)
		} else {
			p.number(u, 10, signed, 'd')
		}
	case 'd':
		p.number(u, 10, signed, verb)
	case 'b':
		p.number(u, 2, signed, verb)
	case 'o', 'O':
		p.number(u, 8, signed, verb)
	case 'x', 'X':
		p.number(u, 16, signed, verb)
	case 'c':
		p.pad(string(runeOf(u)))
	case 'q':
		p.quotedRune(runeOf(u))
	case 'U':
		p.codePoint(u)
	default:
		p.badVerb(v, verb)
	}
}

func runeOf(u uint64) rune {
	if u > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(u)
}

func (p *printer) quotedRune(r rune) {
	if p.plus {
		p.pad(strconv.QuoteRuneToASCII(r))
	} else {
		p.pad(strconv.QuoteRune(r))
	}
}

func (p *printer) codePoint(u uint64) {
	digits := strconv.FormatUint(u, 16)
	least := 4
	if p.hasPrec && p.prec > least {
		least = p.prec
	}
	text := []byte("U+")
	for n := least - len(digits); n > 0; n-- {
		text = append(text, '0')
	}
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		if c >= 'a' {
			c -= 'a' - 'A'
		}
		text = append(text, c)
	}
	if p.sharp && u <= utf8.MaxRune && strconv.IsPrint(rune(u)) {
		text = append(text, " '"...)
		text = utf8.AppendRune(text, rune(u))
		text = append(text, '\'')
	}
	zero := p.zero
	p.zero = false
	p.pad(string(text))
	p.zero = zero
}

// hex0x prints an address or the like; prefix: with 0x.
func (p *printer) hex0x(u uint64, prefix bool) {
	sharp := p.sharp
	p.sharp = prefix
	p.number(u, 16, false, 'x')
	p.sharp = sharp
}

// number prints an integer: sign, prefix of the base, digits filled up to the precision.
func (p *printer) number(u uint64, base int, signed bool, verb rune) {
	negative := signed && int64(u) < 0
	if negative {
		u = -u
	}
	if p.hasPrec && p.prec == 0 && u == 0 {
		p.fill(p.wid, ' ')
		return
	}
	if !p.hasPrec && !p.hasWid && !p.sharp && !p.plus && !p.space && verb == 'd' {
		if negative {
			p.buf = append(p.buf, '-')
		}
		p.buf = append(p.buf, strconv.FormatUint(u, 10)...)
		return
	}
	digits := strconv.FormatUint(u, base)
	least := 0
	if p.hasPrec {
		least = p.prec
	} else if p.zero && !p.minus && p.hasWid {
		least = p.wid
		if negative || p.plus || p.space {
			least--
		}
	}
	text := make([]byte, 0, 24)
	switch {
	case negative:
		text = append(text, '-')
	case p.plus:
		text = append(text, '+')
	case p.space:
		text = append(text, ' ')
	}
	text = p.basePrefix(text, base, verb, least > len(digits) || digits[0] == '0')
	for n := least - len(digits); n > 0; n-- {
		text = append(text, '0')
	}
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		if verb == 'X' && c >= 'a' {
			c -= 'a' - 'A'
		}
		text = append(text, c)
	}
	zero := p.zero
	p.zero = false
	p.pad(string(text))
	p.zero = zero
}

func (p *printer) basePrefix(text []byte, base int, verb rune, zeroFirst bool) []byte {
	switch {
	case verb == 'O':
		text = append(text, "0o"...)
		if p.sharp && !zeroFirst {
			text = append(text, '0')
		}
	case !p.sharp:
	case base == 2:
		text = append(text, "0b"...)
	case base == 8 && !zeroFirst:
		text = append(text, '0')
	case base == 16:
		text = append(text, '0', byte(verb))
	}
	return text
}
