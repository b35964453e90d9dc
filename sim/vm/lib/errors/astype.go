package errors

// AsType finds the first error in err's tree that is an E.
func AsType[E error](err error) (E, bool) {
	if e, ok := err.(E); ok {
		return e, true
	}
	var e E
	if err == nil {
		return e, false
	}
	if m, ok := err.(interface{ As(any) bool }); ok && m.As(&e) {
		return e, true
	}
	for _, in := range inner(err) {
		if in == nil {
			continue
		}
		if found, ok := AsType[E](in); ok {
			return found, true
		}
	}
	return e, false
}
