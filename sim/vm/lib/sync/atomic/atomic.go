// Package atomic has operations on single words that no other goroutine can see half done.
package atomic

type Int32 struct{ v int32 }

type Int64 struct{ v int64 }

type Uint32 struct{ v uint32 }

type Uint64 struct{ v uint64 }

type Uintptr struct{ v uintptr }

type Bool struct{ v uint32 }

// Value holds a value of one type, chosen by the first Store.
type Value struct{ v any }

func (v *Value) Load() (val any) { return loadAny(&v.v) }

func (v *Value) check(val any, op string) {
	if val == nil {
		panic("sync/atomic: " + op + " of nil value into Value")
	}
	if old := loadAny(&v.v); old != nil && !sameType(old, val) {
		panic("sync/atomic: " + op + " of inconsistently typed value into Value")
	}
}

func (v *Value) Store(val any) {
	v.check(val, "store")
	storeAny(&v.v, val)
}

func (v *Value) Swap(new any) (old any) {
	v.check(new, "swap")
	return swapAny(&v.v, new)
}

func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if old != nil && !sameType(old, new) {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	if now := loadAny(&v.v); now != nil && !sameType(now, new) {
		panic("sync/atomic: compare and swap of inconsistently typed value into Value")
	}
	return compareAndSwapAny(&v.v, old, new)
}
