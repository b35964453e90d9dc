// Package value lets the library look into values by their run-time type: what fmt, errors and sort need, and no more.
//
// A value travels as an any. A part of it (element, field, target of a pointer) comes out as an any of the part's own
// static type, or, where that is an interface type, as the value held in it (nil if it holds none).
package value

// Kind numbers are those of reflect.Kind.
type Kind int

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

// A Type names a run-time type; equal types have equal numbers, no type is 0.
type Type uint64

// MapEntries is key, value, key, value, ... of a map, in no order.
func MapEntries(v any) []any {
	all := make([]any, 2*Len(v))
	return all[:entries(v, all)]
}
