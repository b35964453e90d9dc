package atomic

// Pointer is a *T that is read and written whole. It travels in an interface word, so that one set of natives serves
// every T.
type Pointer[T any] struct{ v any }

func (x *Pointer[T]) Load() *T {
	p, _ := loadAny(&x.v).(*T)
	return p
}

func (x *Pointer[T]) Store(val *T) { storeAny(&x.v, box(val)) }

func (x *Pointer[T]) Swap(new *T) (old *T) {
	p, _ := swapAny(&x.v, box(new)).(*T)
	return p
}

func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	return compareAndSwapAny(&x.v, box(old), box(new))
}

// box keeps nil a nil interface, as in a Pointer that nothing was stored in.
func box[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}
