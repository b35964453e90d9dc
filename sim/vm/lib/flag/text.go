package flag

import (
	"encoding"
	"fmt"
	"internal/value"
)

type textValue struct{ p encoding.TextUnmarshaler }

func (v textValue) Set(s string) error { return v.p.UnmarshalText([]byte(s)) }

func (v textValue) Get() any { return v.p }

func (v textValue) String() string {
	if m, ok := v.p.(encoding.TextMarshaler); ok {
		if b, err := m.MarshalText(); err == nil {
			return string(b)
		}
	}
	return ""
}

func newTextValue(p encoding.TextUnmarshaler, from encoding.TextMarshaler) textValue {
	t := value.TypeOf(p)
	if value.KindOf(t) != value.Pointer {
		panic("variable value type must be a pointer")
	}
	var v any = from
	if value.KindOf(value.TypeOf(v)) == value.Pointer {
		v = value.Elem(v)
	}
	if have, want := value.TypeOf(v), value.ElemType(t); have != want {
		panic(fmt.Sprintf("default type does not match variable type: %s != %s", value.TypeString(have), value.TypeString(want)))
	}
	value.Assign(p, v)
	return textValue{p}
}

// TextVar is a flag whose value reads its own text.
func (f *FlagSet) TextVar(p encoding.TextUnmarshaler, name string, value encoding.TextMarshaler, usage string) {
	f.Var(newTextValue(p, value), name, usage)
}

func TextVar(p encoding.TextUnmarshaler, name string, value encoding.TextMarshaler, usage string) {
	CommandLine.TextVar(p, name, value, usage)
}
