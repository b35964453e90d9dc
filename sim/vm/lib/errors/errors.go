// Package errors makes errors and looks through chains and trees of them.
package errors

import "internal/value"

var ErrUnsupported = New("unsupported operation")

type errorString struct{ s string }

func (e *errorString) Error() string { return e.s }

// New makes an error that is equal to itself alone.
func New(text string) error { return &errorString{text} }

func Unwrap(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return nil
}

// inner are the errors that err wraps directly.
func inner(err error) []error {
	switch u := err.(type) {
	case interface{ Unwrap() error }:
		if e := u.Unwrap(); e != nil {
			return []error{e}
		}
	case interface{ Unwrap() []error }:
		return u.Unwrap()
	}
	return nil
}

func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return is(err, target, value.Comparable(value.TypeOf(target)))
}

func is(err, target error, comparable bool) bool {
	if comparable && err == target {
		return true
	}
	if m, ok := err.(interface{ Is(error) bool }); ok && m.Is(target) {
		return true
	}
	for _, e := range inner(err) {
		if e != nil && is(e, target, comparable) {
			return true
		}
	}
	return false
}

func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	t := value.TypeOf(target)
	if value.KindOf(t) != value.Pointer || value.IsNil(target) {
		panic("errors: target must be a non-nil pointer")
	}
	elem := value.ElemType(t)
	var errorVar *error
	if value.KindOf(elem) != value.Interface && !value.Implements(elem, value.ElemType(value.TypeOf(errorVar))) {
		panic("errors: *target must be interface or implement error")
	}
	return as(err, target)
}

func as(err error, target any) bool {
	if value.Assign(target, err) {
		return true
	}
	if m, ok := err.(interface{ As(any) bool }); ok && m.As(target) {
		return true
	}
	for _, e := range inner(err) {
		if e != nil && as(e, target) {
			return true
		}
	}
	return false
}

type joinError struct{ errs []error }

// Join wraps the errors that are not nil; without any it is nil.
func Join(errs ...error) error {
	n := 0
	for _, e := range errs {
		if e != nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	j := &joinError{make([]error, 0, n)}
	for _, e := range errs {
		if e != nil {
			j.errs = append(j.errs, e)
		}
	}
	return j
}

func (j *joinError) Error() string {
	text := j.errs[0].Error()
	for _, e := range j.errs[1:] {
		text += "\n" + e.Error()
	}
	return text
}

func (j *joinError) Unwrap() []error { return j.errs }
