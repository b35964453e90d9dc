package fmt

import "strconv"

func (p *printer) float(v any, f float64, size int, verb rune) {
	switch verb {
	case 'v':
		p.floatAs(f, size, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.floatAs(f, size, verb, -1)
	case 'e', 'E', 'f':
		p.floatAs(f, size, verb, 6)
	case 'F':
		p.floatAs(f, size, 'f', 6)
	default:
		p.badVerb(v, verb)
	}
}

func (p *printer) floatAs(f float64, size int, verb rune, prec int) {
	if p.hasPrec {
		prec = p.prec
	}
	text := strconv.FormatFloat(f, byte(verb), prec, size)
	sign := byte('+')
	if text[0] == '-' || text[0] == '+' {
		sign, text = text[0], text[1:]
	}
	special := text[0] == 'I' || text[0] == 'N'
	if p.sharp && verb != 'b' && !special {
		text = p.keepZeros(text, verb, prec)
	}
	if sign == '+' && !p.plus && p.space {
		sign = ' '
	}
	if special {
		p.specialFloat(text, sign)
		return
	}
	signed := sign != '+' || p.plus
	if signed {
		if p.zero && !p.minus && p.hasWid && p.wid > len(text) {
			p.buf = append(p.buf, sign)
			p.fill(p.wid-1-len(text), '0')
			p.buf = append(p.buf, text...)
			return
		}
		text = string(rune(sign)) + text
	}
	p.pad(text)
}

// specialFloat never fills with zeros; an infinity always has its sign.
func (p *printer) specialFloat(text string, sign byte) {
	if text != "NaN" || p.plus || sign == ' ' {
		text = string(rune(sign)) + text
	}
	zero := p.zero
	p.zero = false
	p.pad(text)
	p.zero = zero
}

// keepZeros is the # flag: always a point, and with g as many digits as the precision says.
func (p *printer) keepZeros(text string, verb rune, prec int) string {
	digits := 0
	switch verb {
	case 'g', 'G', 'x':
		digits = prec
		if digits < 0 {
			digits = 6
		}
	}
	end := len(text)
	point, counted, begun := false, 0, false
	hex := verb == 'x' || verb == 'X'
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '.' {
			point = true
			continue
		}
		if !hex && (c == 'e' || c == 'E') || hex && (c == 'p' || c == 'P') {
			end = i
			break
		}
		if c != '0' {
			begun = true
		}
		if begun {
			counted++
		}
	}
	out := text[:end]
	if !point {
		if out == "0" {
			counted = 1 // a lone zero counts as one digit
		}
		out += "."
	}
	for ; counted < digits; counted++ {
		out += "0"
	}
	return out + text[end:]
}
