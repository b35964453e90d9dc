package fmt

import "internal/value"

// sortEntries puts key, value pairs in the order of their keys, merging halves so that equal keys keep their places.
func sortEntries(e []any) {
	n := len(e) / 2
	if n < 2 {
		return
	}
	mid := n / 2 * 2
	left := append([]any(nil), e[:mid]...)
	right := append([]any(nil), e[mid:]...)
	sortEntries(left)
	sortEntries(right)
	for i := 0; i < len(e); i += 2 {
		if len(right) == 0 || len(left) > 0 && compare(left[0], right[0]) <= 0 {
			e[i], e[i+1] = left[0], left[1]
			left = left[2:]
		} else {
			e[i], e[i+1] = right[0], right[1]
			right = right[2:]
		}
	}
}

func order(less, more bool) int {
	switch {
	case less:
		return -1
	case more:
		return 1
	}
	return 0
}

// compare orders two keys: nil first, kinds apart by type, numbers and strings as <, false before true, NaN first,
// pointers by address, structs and arrays piece by piece.
func compare(a, b any) int {
	if a == nil || b == nil {
		return order(a == nil && b != nil, a != nil && b == nil)
	}
	ta, tb := value.TypeOf(a), value.TypeOf(b)
	if ta != tb {
		x, y := typeOrder(ta), typeOrder(tb)
		return order(x < y, x > y)
	}
	switch k := value.KindOf(ta); k {
	case value.String:
		x, y := value.StringOf(a), value.StringOf(b)
		return order(x < y, x > y)
	case value.Int, value.Int8, value.Int16, value.Int32, value.Int64:
		x, y := value.IntOf(a), value.IntOf(b)
		return order(x < y, x > y)
	case value.Uint, value.Uint8, value.Uint16, value.Uint32, value.Uint64, value.Uintptr:
		x, y := value.UintOf(a), value.UintOf(b)
		return order(x < y, x > y)
	case value.Float32, value.Float64:
		x, y := value.FloatOf(a), value.FloatOf(b)
		return order(x < y || x != x && y == y, x > y || x == x && y != y)
	case value.Bool:
		x, y := value.BoolOf(a), value.BoolOf(b)
		return order(!x && y, x && !y)
	case value.Struct:
		for i, n := 0, value.NumField(ta); i < n; i++ {
			if c := compare(value.Field(a, i), value.Field(b, i)); c != 0 {
				return c
			}
		}
		return 0
	case value.Array:
		for i, n := 0, value.Len(a); i < n; i++ {
			if c := compare(value.Index(a, i), value.Index(b, i)); c != 0 {
				return c
			}
		}
		return 0
	}
	x, y := value.Address(a), value.Address(b)
	return order(x < y, x > y)
}

// typeOrder orders keys of different types in a map of interfaces. Go goes by the addresses of its type descriptors,
// which is not documented; for the basic types it comes out as here.
func typeOrder(t value.Type) uint64 {
	rank := uint64(0)
	switch k := value.KindOf(t); k {
	case value.String:
		rank = 1
	case value.Int8, value.Int16, value.Int32, value.Int64:
		rank = 2 + 2*uint64(k-value.Int8)
	case value.Uint8, value.Uint16, value.Uint32, value.Uint64:
		rank = 3 + 2*uint64(k-value.Uint8)
	case value.Int:
		rank = 10
	case value.Uint:
		rank = 11
	case value.Uintptr:
		rank = 12
	case value.Float32, value.Float64:
		rank = 13 + uint64(k-value.Float32)
	case value.Bool:
		rank = 15
	default:
		return 1<<63 | value.Number(t)
	}
	if value.TypeString(t) != kindNames[rank] {
		return value.Number(t) & (1<<48 - 1)
	}
	return rank << 48
}

var kindNames = [...]string{"", "string", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64",
	"int", "uint", "uintptr", "float32", "float64", "bool"}
