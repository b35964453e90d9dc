package fmt

import "errors"

// wrapError is an Errorf with one %w, wrapErrors one with several.
type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }

func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string { return e.msg }

func (e *wrapErrors) Unwrap() []error { return e.errs }

func Errorf(format string, a ...any) error {
	p := &printer{wrapping: true}
	p.printf(format, a)
	text := string(p.buf)
	switch len(p.wrapped) {
	case 0:
		return errors.New(text)
	case 1:
		err, _ := a[p.wrapped[0]].(error)
		return &wrapError{text, err}
	}
	var errs []error
	for _, at := range inOrder(p.wrapped) {
		if err, ok := a[at].(error); ok {
			errs = append(errs, err)
		}
	}
	return &wrapErrors{text, errs}
}

// inOrder sorts argument numbers and drops those that are there twice.
func inOrder(at []int) []int {
	for i := 1; i < len(at); i++ {
		for j := i; j > 0 && at[j] < at[j-1]; j-- {
			at[j], at[j-1] = at[j-1], at[j]
		}
	}
	out := at[:1]
	for _, n := range at[1:] {
		if n != out[len(out)-1] {
			out = append(out, n)
		}
	}
	return out
}
