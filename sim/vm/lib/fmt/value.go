package fmt

import (
	"internal/value"
	"unicode/utf8"
)

type flags struct {
	plus, minus, sharp, space, zero bool
	plusV, sharpV                   bool // %+v, %#v
	hasWid, hasPrec                 bool
	wid, prec                       int
}

// printer builds the text of one call. It is the State that Format methods see.
type printer struct {
	flags
	buf       []byte
	wrapping  bool  // Errorf: %w is allowed
	wrapped   []int // which arguments %w took
	panicking bool  // printing what a method panicked with
	erroring  bool  // printing a mistake: call no methods
	hidden    bool  // inside an unexported field: call no methods
}

func (p *printer) Write(b []byte) (n int, err error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

func (p *printer) WriteString(s string) (n int, err error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

func (p *printer) Width() (wid int, ok bool) { return p.wid, p.hasWid }

func (p *printer) Precision() (prec int, ok bool) { return p.prec, p.hasPrec }

func (p *printer) Flag(c int) bool {
	switch c {
	case '-':
		return p.minus
	case '+':
		return p.plus || p.plusV
	case '#':
		return p.sharp || p.sharpV
	case ' ':
		return p.space
	case '0':
		return p.zero
	}
	return false
}

func typeName(v any) string { return value.TypeString(value.TypeOf(v)) }

func stringKind(v any) bool { return value.KindOf(value.TypeOf(v)) == value.String }

// arg prints one argument: the common types at once, any other by its methods or its make-up.
func (p *printer) arg(v any, verb rune) {
	if v == nil {
		if verb == 'T' || verb == 'v' {
			p.pad("<nil>")
		} else {
			p.badVerb(nil, verb)
		}
		return
	}
	switch verb {
	case 'T':
		p.str(typeName(v))
		return
	case 'p':
		p.pointer(v, verb)
		return
	}
	switch x := v.(type) {
	case string:
		p.fmtString(v, x, verb)
	case int:
		p.integer(v, uint64(x), true, verb)
	case bool:
		p.fmtBool(v, x, verb)
	case float64:
		p.float(v, x, 64, verb)
	case []byte:
		p.value(v, verb, 0)
	default:
		if !p.methods(v, verb) {
			p.value(v, verb, 0)
		}
	}
}

func (p *printer) badVerb(v any, verb rune) {
	p.erroring = true
	p.mistake(verb, "(")
	if v == nil {
		p.buf = append(p.buf, "<nil>"...)
	} else {
		p.buf = append(p.buf, typeName(v)...)
		p.buf = append(p.buf, '=')
		if t := value.TypeOf(v); value.KindOf(t) == value.Pointer && pointsToComposite(t) && !value.IsNil(v) {
			p.value(v, 'v', 0)
		} else {
			p.arg(v, 'v')
		}
	}
	p.buf = append(p.buf, ')')
	p.erroring = false
}

// methods lets v print itself if it can; done is set before the call, for the call may panic.
func (p *printer) methods(v any, verb rune) (done bool) {
	if p.erroring {
		return false
	}
	if verb == 'w' {
		p.badVerb(v, verb)
		return true
	}
	if f, ok := v.(Formatter); ok {
		defer p.catch(v, verb, "Format")
		done = true
		f.Format(p, verb)
		return done
	}
	if p.sharpV {
		if g, ok := v.(GoStringer); ok {
			defer p.catch(v, verb, "GoString")
			done = true
			p.str(g.GoString())
			return done
		}
		return false
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
	default:
		return false
	}
	switch x := v.(type) {
	case error:
		defer p.catch(v, verb, "Error")
		done = true
		p.fmtString(v, x.Error(), verb)
	case Stringer:
		defer p.catch(v, verb, "String")
		done = true
		p.fmtString(v, x.String(), verb)
	}
	return done
}

// catch prints a panic of a method in its place; a nil receiver is simply <nil>.
func (p *printer) catch(v any, verb rune, method string) {
	thrown := recover()
	if thrown == nil {
		return
	}
	if value.KindOf(value.TypeOf(v)) == value.Pointer && value.IsNil(v) {
		p.buf = append(p.buf, "<nil>"...)
		return
	}
	if p.panicking {
		panic(thrown)
	}
	saved := p.flags
	p.flags = flags{}
	p.mistake(verb, "(PANIC=")
	p.buf = append(p.buf, method...)
	p.buf = append(p.buf, " method: "...)
	p.panicking = true
	p.arg(thrown, 'v')
	p.panicking = false
	p.buf = append(p.buf, ')')
	p.flags = saved
}

func pointsToComposite(t value.Type) bool {
	switch value.KindOf(value.ElemType(t)) {
	case value.Array, value.Slice, value.Struct, value.Map:
		return true
	}
	return false
}

// value prints by kind. depth 0 is the argument itself; a pointer to a composite is shown as &{...} only there.
func (p *printer) value(v any, verb rune, depth int) {
	t := value.TypeOf(v)
	switch k := value.KindOf(t); k {
	case value.Bool:
		p.fmtBool(v, value.BoolOf(v), verb)
	case value.Int, value.Int8, value.Int16, value.Int32, value.Int64:
		p.integer(v, uint64(value.IntOf(v)), true, verb)
	case value.Uint, value.Uint8, value.Uint16, value.Uint32, value.Uint64, value.Uintptr:
		p.integer(v, value.UintOf(v), false, verb)
	case value.Float32:
		p.float(v, value.FloatOf(v), 32, verb)
	case value.Float64:
		p.float(v, value.FloatOf(v), 64, verb)
	case value.String:
		p.fmtString(v, value.StringOf(v), verb)
	case value.Map:
		p.mapping(v, t, verb, depth)
	case value.Struct:
		p.structure(v, t, verb, depth)
	case value.Array, value.Slice:
		p.list(v, t, k, verb, depth)
	case value.Pointer:
		if depth == 0 && !value.IsNil(v) && pointsToComposite(t) {
			p.buf = append(p.buf, '&')
			p.value(value.Elem(v), verb, depth+1)
			return
		}
		p.pointer(v, verb)
	default:
		p.pointer(v, verb)
	}
}

// part prints a piece of a value; static is its type where it stands. hidden: reached through an unexported field,
// whose methods are not called.
func (p *printer) part(v any, static value.Type, hidden bool, verb rune, depth int) {
	if v == nil {
		if p.sharpV {
			p.buf = append(p.buf, value.TypeString(static)...)
			p.buf = append(p.buf, "(nil)"...)
		} else {
			p.buf = append(p.buf, "<nil>"...)
		}
		return
	}
	if hidden || p.erroring {
		p.hiddenValue(v, verb, depth)
		return
	}
	if !p.methods(v, verb) {
		p.value(v, verb, depth)
	}
}

func (p *printer) hiddenValue(v any, verb rune, depth int) {
	was := p.hidden
	p.hidden = true
	p.value(v, verb, depth)
	p.hidden = was
}

func exported(name string) bool {
	c, _ := utf8.DecodeRuneInString(name)
	return upper(c)
}

func (p *printer) structure(v any, t value.Type, verb rune, depth int) {
	if p.sharpV {
		p.buf = append(p.buf, value.TypeString(t)...)
	}
	p.buf = append(p.buf, '{')
	for i, n := 0, value.NumField(t); i < n; i++ {
		if i > 0 {
			p.separate()
		}
		name := value.FieldName(t, i)
		if p.plusV || p.sharpV {
			p.buf = append(p.buf, name...)
			p.buf = append(p.buf, ':')
		}
		p.part(value.Field(v, i), value.FieldType(t, i), p.hidden || !exported(name), verb, depth+1)
	}
	p.buf = append(p.buf, '}')
}

func (p *printer) separate() {
	if p.sharpV {
		p.buf = append(p.buf, ", "...)
	} else {
		p.buf = append(p.buf, ' ')
	}
}

func (p *printer) mapping(v any, t value.Type, verb rune, depth int) {
	if p.sharpV {
		p.buf = append(p.buf, value.TypeString(t)...)
		if value.IsNil(v) {
			p.buf = append(p.buf, "(nil)"...)
			return
		}
		p.buf = append(p.buf, '{')
	} else {
		p.buf = append(p.buf, "map["...)
	}
	entries := value.MapEntries(v)
	sortEntries(entries)
	for i := 0; i < len(entries); i += 2 {
		if i > 0 {
			p.separate()
		}
		p.part(entries[i], value.KeyType(t), p.hidden, verb, depth+1)
		p.buf = append(p.buf, ':')
		p.part(entries[i+1], value.ElemType(t), p.hidden, verb, depth+1)
	}
	if p.sharpV {
		p.buf = append(p.buf, '}')
	} else {
		p.buf = append(p.buf, ']')
	}
}

func (p *printer) list(v any, t value.Type, k value.Kind, verb rune, depth int) {
	elem := value.ElemType(t)
	if value.KindOf(elem) == value.Uint8 {
		switch verb {
		case 's', 'q', 'x', 'X':
			p.bytesAs(v, value.BytesOf(v), verb)
			return
		}
	}
	open, end := byte('['), byte(']')
	if p.sharpV {
		open, end = '{', '}'
		p.buf = append(p.buf, listName(value.TypeString(t), verb, depth)...)
		if k == value.Slice && value.IsNil(v) {
			p.buf = append(p.buf, "(nil)"...)
			return
		}
	}
	p.buf = append(p.buf, open)
	for i, n := 0, value.Len(v); i < n; i++ {
		if i > 0 {
			p.separate()
		}
		p.part(value.Index(v, i), elem, p.hidden, verb, depth+1)
	}
	p.buf = append(p.buf, end)
}

// listName: an argument that is a []byte is called so, although elsewhere the type's name is []uint8.
func listName(name string, verb rune, depth int) string {
	if depth == 0 && verb == 'v' && name == "[]uint8" {
		return "[]byte"
	}
	return name
}

func (p *printer) pointer(v any, verb rune) {
	t := value.TypeOf(v)
	switch value.KindOf(t) {
	case value.Pointer, value.Chan, value.Func, value.Map, value.Slice, value.UnsafePointer:
	default:
		p.badVerb(v, verb)
		return
	}
	u := value.Address(v)
	switch verb {
	case 'v':
		switch {
		case p.sharpV:
			p.buf = append(p.buf, '(')
			p.buf = append(p.buf, value.TypeString(t)...)
			p.buf = append(p.buf, ")("...)
			if u == 0 {
				p.buf = append(p.buf, "nil"...)
			} else {
				p.hex0x(u, true)
			}
			p.buf = append(p.buf, ')')
		case u == 0:
			p.pad("<nil>")
		default:
			p.hex0x(u, !p.sharp)
		}
	case 'p':
		p.hex0x(u, !p.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.integer(v, u, false, verb)
	default:
		p.badVerb(v, verb)
	}
}
