// Package os: standard streams, arguments and the end of the program.
package os

import (
	"errors"
	"io"
	"syscall"
)

var (
	ErrInvalid    = errors.New("invalid argument")
	ErrPermission = errors.New("permission denied")
	ErrExist      = errors.New("file already exists")
	ErrNotExist   = errors.New("file does not exist")
	ErrClosed     = errors.New("file already closed")
)

// PathError says which operation failed on which file.
type PathError struct {
	Op   string
	Path string
	Err  error
}

func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }

func (e *PathError) Unwrap() error { return e.Err }

type File struct {
	fd   int
	name string
	wmu  fdMutex
}

var (
	Stdin  = &File{fd: 0, name: "/dev/stdin"}
	Stdout = &File{fd: 1, name: "/dev/stdout"}
	Stderr = &File{fd: 2, name: "/dev/stderr"}
)

// fdMutex lets one goroutine at a time write; the others wait without a thread.
type fdMutex struct{ state, sema uint64 }

func (m *fdMutex) lock()
func (m *fdMutex) unlock()

func (f *File) Name() string { return f.name }

func (f *File) Fd() uintptr { return uintptr(f.fd) }

func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.fd < 0 {
		return &PathError{op, f.name, ErrClosed}
	}
	return nil
}

func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	f.wmu.lock()
	n, err = f.write(b)
	f.wmu.unlock()
	return n, err
}

func (f *File) write(b []byte) (n int, err error) {
	for {
		got, err := syscall.Write(f.fd, b[n:])
		if err != nil {
			return n, &PathError{"write", f.name, err}
		}
		n += got
		if n >= len(b) {
			return n, nil
		}
		if got == 0 {
			return n, &PathError{"write", f.name, io.ErrUnexpectedEOF}
		}
	}
}

func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if len(b) == 0 {
		return 0, nil
	}
	n, err = syscall.Read(f.fd, b)
	if err != nil {
		return 0, &PathError{"read", f.name, err}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (f *File) Close() error {
	if err := f.check("close"); err != nil {
		return err
	}
	f.fd = -1
	return nil
}

func (f *File) Sync() error { return f.check("sync") }
