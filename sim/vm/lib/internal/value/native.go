package value

func TypeOf(v any) Type

func KindOf(t Type) Kind

// Number is the same in every run of a program, unlike the Type itself; smaller for a type that was met earlier.
func Number(t Type) uint64

// TypeString is the type as Go's %T writes it.
func TypeString(t Type) string

// ElemType is the type behind a pointer, and of the elements of a slice, array, channel or map.
func ElemType(t Type) Type

func NumField(t Type) int

func FieldName(t Type, i int) string

func FieldType(t Type, i int) Type

// BoolOf, IntOf, UintOf, FloatOf and StringOf read a value of the kind, whatever its type's name.
func BoolOf(v any) bool

func IntOf(v any) int64

func UintOf(v any) uint64

func FloatOf(v any) float64

func StringOf(v any) string

// Len counts the elements of an array, slice, string, map or channel.
func Len(v any) int

// Index is element i of an array or slice.
func Index(v any, i int) any

func Field(v any, i int) any

// Elem copies what a pointer points to.
func Elem(v any) any

// BytesOf are the bytes of a slice or array whose elements are of kind Uint8; a slice's are shared.
func BytesOf(v any) []byte

// entries fills into with key, value, key, value, ... of a map, in no order, and tells how many it wrote.
func entries(v any, into []any) int

// IsNil tells whether a pointer, map, slice, function or channel is nil.
func IsNil(v any) bool

// Address is the address behind a pointer, map, slice, function or channel; 0 for nil.
func Address(v any) uint64

// Assign stores v through target, which is a pointer, if v's type is assignable to the type behind it.
func Assign(target any, v any) bool

// SetWord, SetFloat and SetString store through a pointer to a type of a fitting kind.
func SetWord(pointer any, bits uint64)

func SetFloat(pointer any, f float64)

func SetString(pointer any, s string)

// Comparable tells whether v may be compared with == without a panic, as far as its type tells.
func Comparable(t Type) bool

// Implements tells whether a value of type t may be stored in a variable of interface type iface.
func KeyType(t Type) Type

func Implements(t Type, iface Type) bool

// Swap exchanges two elements of a slice.
func Swap(slice any, i int, j int)
