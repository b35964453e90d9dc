// Package runtime speaks to the scheduler. Goexit and the like are the VM's own.
package runtime

const (
	GOOS     = "linux"
	GOARCH   = "amd64"
	Compiler = "gosee"
)

func Version() string { return "go1.26" }

// Error is an error that the running program itself made, such as an index out of range.
type Error interface {
	error
	RuntimeError()
}

// The VM's run-time panics, under the names that %T shows; text has no prefix. boundsError is an index or a slice's bound.
type boundsError struct{ text string }

func (e boundsError) Error() string { return "runtime error: " + e.text }

func (e boundsError) RuntimeError() {}

type errorString string

func (e errorString) Error() string { return "runtime error: " + string(e) }

func (e errorString) RuntimeError() {}

// plainError is one whose text stands alone, as "assignment to entry in nil map" does.
type plainError string

func (e plainError) Error() string { return string(e) }

func (e plainError) RuntimeError() {}

// TypeAssertionError is a failed x.(T).
type TypeAssertionError struct{ text string }

func (e *TypeAssertionError) Error() string { return e.text }

func (*TypeAssertionError) RuntimeError() {}

// PanicNilError is what recover returns after panic(nil).
type PanicNilError struct{ _ [0]func() }

func (*PanicNilError) Error() string {
	return "panic called with nil argument"
}

func (*PanicNilError) RuntimeError() {}

func KeepAlive(x any) {}

func Caller(skip int) (pc uintptr, file string, line int, ok bool) { return caller(skip + 1) }
