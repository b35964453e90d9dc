package fmt

import (
	"internal/value"
	"unicode/utf8"
)

const tooLarge = 1000000 // no width or precision is beyond it

// directives walks a format; next is the argument whose turn it is.
type directives struct {
	format    string
	at        int
	args      []any
	next      int
	reordered bool // some [n] was used: arguments left over are no mistake
	inRange   bool // the last [n] named an argument
	afterNum  bool // a [n] stands just before
}

func (p *printer) printf(format string, args []any) {
	d := directives{format: format, args: args}
	for d.at < len(format) {
		from := d.at
		for d.at < len(format) && format[d.at] != '%' {
			d.at++
		}
		p.buf = append(p.buf, format[from:d.at]...)
		if d.at < len(format) {
			d.at++
			p.directive(&d)
		}
	}
	if !d.reordered && d.next < len(args) {
		p.extra(args[d.next:])
	}
}

func (p *printer) extra(args []any) {
	p.flags = flags{}
	p.buf = append(p.buf, "%!(EXTRA "...)
	for i, arg := range args {
		if i > 0 {
			p.buf = append(p.buf, ", "...)
		}
		if arg == nil {
			p.buf = append(p.buf, "<nil>"...)
			continue
		}
		p.buf = append(p.buf, typeName(arg)...)
		p.buf = append(p.buf, '=')
		p.arg(arg, 'v')
	}
	p.buf = append(p.buf, ')')
}

// directive formats what stands after a percent sign.
func (p *printer) directive(d *directives) {
	p.flags = flags{}
	d.inRange, d.afterNum = true, false
	p.readFlags(d)
	p.readWidth(d)
	p.readPrecision(d)
	if !d.afterNum {
		d.argNumber()
	}
	if d.at >= len(d.format) {
		p.buf = append(p.buf, "%!(NOVERB)"...)
		return
	}
	verb, size := rune(d.format[d.at]), 1
	if verb >= utf8.RuneSelf {
		verb, size = utf8.DecodeRuneInString(d.format[d.at:])
	}
	d.at += size
	switch {
	case verb == '%':
		p.buf = append(p.buf, '%')
	case !d.inRange:
		p.mistake(verb, "(BADINDEX)")
	case d.next >= len(d.args):
		p.mistake(verb, "(MISSING)")
	default:
		p.operand(d, verb)
	}
}

func (p *printer) mistake(verb rune, text string) {
	p.buf = append(p.buf, "%!"...)
	p.buf = utf8.AppendRune(p.buf, verb)
	p.buf = append(p.buf, text...)
}

func (p *printer) operand(d *directives, verb rune) {
	switch verb {
	case 'w':
		if p.wrapping {
			if _, ok := d.args[d.next].(error); ok {
				p.wrapped = append(p.wrapped, d.next)
				verb = 'v'
			}
		}
		p.vFlags()
	case 'v':
		p.vFlags()
	}
	p.arg(d.args[d.next], verb)
	d.next++
}

// vFlags: with %v, # and + mean another form altogether, not the flags of the parts.
func (p *printer) vFlags() {
	p.sharpV, p.sharp = p.sharp, false
	p.plusV, p.plus = p.plus, false
}

func (p *printer) readFlags(d *directives) {
	for ; d.at < len(d.format); d.at++ {
		switch d.format[d.at] {
		case '#':
			p.sharp = true
		case '0':
			p.zero = true
		case '+':
			p.plus = true
		case '-':
			p.minus = true
		case ' ':
			p.space = true
		default:
			return
		}
	}
}

func (p *printer) readWidth(d *directives) {
	d.argNumber()
	if d.at < len(d.format) && d.format[d.at] == '*' {
		d.at++
		p.wid, p.hasWid = d.intArg()
		if !p.hasWid {
			p.buf = append(p.buf, "%!(BADWIDTH)"...)
		}
		if p.wid < 0 {
			p.wid, p.minus = -p.wid, true
			p.zero = false
		}
		d.afterNum = false
		return
	}
	p.wid, p.hasWid = d.number()
	if d.afterNum && p.hasWid {
		d.inRange = false // %[3]2d
	}
}

func (p *printer) readPrecision(d *directives) {
	if d.at+1 >= len(d.format) || d.format[d.at] != '.' {
		return
	}
	d.at++
	if d.afterNum {
		d.inRange = false // %[3].2d
	}
	d.argNumber()
	if d.at < len(d.format) && d.format[d.at] == '*' {
		d.at++
		p.prec, p.hasPrec = d.intArg()
		if p.prec < 0 {
			p.prec, p.hasPrec = 0, false
		}
		if !p.hasPrec {
			p.buf = append(p.buf, "%!(BADPREC)"...)
		}
		d.afterNum = false
		return
	}
	p.prec, p.hasPrec = d.number()
	if !p.hasPrec {
		p.prec, p.hasPrec = 0, true
	}
}

// number reads digits.
func (d *directives) number() (n int, ok bool) {
	for ; d.at < len(d.format) && '0' <= d.format[d.at] && d.format[d.at] <= '9'; d.at++ {
		if n > tooLarge { // Go gives up, and finds no verb
			d.at = len(d.format)
			return 0, false
		}
		n = n*10 + int(d.format[d.at]-'0')
		ok = true
	}
	return n, ok
}

// intArg takes an argument as a width or precision.
func (d *directives) intArg() (n int, ok bool) {
	if d.next >= len(d.args) {
		return 0, false
	}
	arg := d.args[d.next]
	d.next++
	t := value.TypeOf(arg)
	var wide int64
	switch k := value.KindOf(t); {
	case k >= value.Int && k <= value.Int64:
		wide = value.IntOf(arg)
	case k >= value.Uint && k <= value.Uintptr:
		u := value.UintOf(arg)
		if u > tooLarge {
			return 0, false
		}
		wide = int64(u)
	default:
		return 0, false
	}
	if wide > tooLarge || wide < -tooLarge {
		return 0, false
	}
	return int(wide), true
}

// argNumber reads [n], which chooses the next argument.
func (d *directives) argNumber() {
	d.afterNum = false
	if d.at >= len(d.format) || d.format[d.at] != '[' {
		return
	}
	d.reordered = true
	end := d.at
	for end < len(d.format) && d.format[end] != ']' {
		end++
	}
	if end == len(d.format) {
		d.at++
		d.inRange = false
		return
	}
	inside := directives{format: d.format[d.at+1 : end]}
	n, ok := inside.number()
	d.at = end + 1
	if !ok || inside.at != len(inside.format) || n < 1 || n > len(d.args) {
		d.inRange = false
		return
	}
	d.next = n - 1
	d.afterNum = true
}
