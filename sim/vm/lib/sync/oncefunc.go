package sync

// outcome is what the one call came to: its end, or the value it panicked with.
type outcome struct {
	once   Once
	ok     bool
	thrown any
}

func (o *outcome) run(f func()) {
	o.once.Do(func() {
		defer func() {
			if !o.ok {
				o.thrown = recover()
				panic(o.thrown)
			}
		}()
		f()
		o.ok = true
	})
	if !o.ok {
		panic(o.thrown)
	}
}

// OnceFunc is f at the first call, and nothing later; if f panics, every call panics with the same value.
func OnceFunc(f func()) func() {
	o := new(outcome)
	return func() { o.run(f) }
}

func OnceValue[T any](f func() T) func() T {
	o := new(outcome)
	var v T
	return func() T {
		o.run(func() { v = f() })
		return v
	}
}

func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	o := new(outcome)
	var v1 T1
	var v2 T2
	return func() (T1, T2) {
		o.run(func() { v1, v2 = f() })
		return v1, v2
	}
}
