// Package os: standard streams, pipes, files, arguments and the end of the program.
package os

import (
	"errors"
	"internal/poll"
	"io"
	"io/fs"
	"syscall"
	"time"
)

const (
	O_RDONLY = syscall.O_RDONLY
	O_WRONLY = syscall.O_WRONLY
	O_RDWR   = syscall.O_RDWR
	O_APPEND = syscall.O_APPEND
	O_CREATE = syscall.O_CREAT
	O_EXCL   = syscall.O_EXCL
	O_SYNC   = syscall.O_SYNC
	O_TRUNC  = syscall.O_TRUNC

	SEEK_SET = 0
	SEEK_CUR = 1
	SEEK_END = 2

	DevNull           = "/dev/null"
	PathSeparator     = '/'
	PathListSeparator = ':'
)

type File struct{ *file }

// file is what a File points to, so that a copy of one is the same file.
type file struct {
	pfd      poll.FD
	name     string
	nonblock bool
	append   bool
}

var (
	Stdin  = stream(0, "/dev/stdin")
	Stdout = stream(1, "/dev/stdout")
	Stderr = stream(2, "/dev/stderr")
)

func stream(fd int, name string) *File {
	f := &File{&file{name: name}}
	f.pfd.Sysfd = fd
	if fd == 0 {
		f.pfd.Lazy()
	} else {
		f.pfd.Init(false)
	}
	return f
}

func newFile(fd int, name string, pollable bool) *File {
	f := &File{&file{name: name}}
	f.pfd.Sysfd = fd
	if err := f.pfd.Init(pollable); err == nil && pollable {
		syscall.SetNonblock(fd, true)
		f.nonblock = true
	}
	return f
}

func NewFile(fd uintptr, name string) *File {
	var st syscall.Stat_t
	if err := syscall.Fstat(int(fd), &st); err == syscall.EBADF {
		return nil
	}
	return newFile(int(fd), name, false)
}

func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }

func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	fd, err := syscall.Open(name, flag|syscall.O_CLOEXEC, uint32(perm.Perm()))
	for err == syscall.EINTR {
		fd, err = syscall.Open(name, flag|syscall.O_CLOEXEC, uint32(perm.Perm()))
	}
	if err != nil {
		return nil, &PathError{"open", name, err}
	}
	f := newFile(fd, name, false)
	f.append = flag&O_APPEND != 0
	return f, nil
}

// Pipe gives both ends of a pipe: what is written to w can be read from r.
func Pipe() (r *File, w *File, err error) {
	var p [2]int
	if err := syscall.Pipe2(p[:], syscall.O_CLOEXEC); err != nil {
		return nil, nil, NewSyscallError("pipe2", err)
	}
	return newFile(p[0], "|0", true), newFile(p[1], "|1", true), nil
}

func (f *File) Name() string { return f.name }

func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	if f.nonblock {
		f.nonblock = false
		f.pfd.SetBlocking()
	}
	return uintptr(f.pfd.Sysfd)
}

func (f *File) check() error {
	if f == nil {
		return ErrInvalid
	}
	return nil
}

func (f *File) wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	if err == poll.ErrFileClosing {
		err = ErrClosed
	}
	return &PathError{op, f.name, err}
}

func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	n, e := f.pfd.Write(b)
	if n != len(b) {
		err = io.ErrShortWrite
	}
	if e != nil {
		err = f.wrap("write", e)
	}
	return n, err
}

func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	n, e := f.pfd.Read(b)
	return n, f.wrap("read", e)
}

func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{"readat", f.name, errors.New("negative offset")}
	}
	for len(b) > 0 {
		m, e := f.pfd.Pread(b, off)
		if e != nil {
			err = f.wrap("read", e)
			break
		}
		n += m
		b = b[m:]
		off += int64(m)
	}
	return
}

func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	if f.append {
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	}
	if off < 0 {
		return 0, &PathError{"writeat", f.name, errors.New("negative offset")}
	}
	n, e := f.pfd.Pwrite(b, off)
	return n, f.wrap("write", e)
}

func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	r, e := f.pfd.Seek(offset, whence)
	if e != nil {
		return 0, f.wrap("seek", e)
	}
	return r, nil
}

func (f *File) Truncate(size int64) error {
	if err := f.check(); err != nil {
		return err
	}
	return f.wrap("truncate", f.pfd.Do(func(fd int) error { return syscall.Ftruncate(fd, size) }))
}

func (f *File) Sync() error {
	if err := f.check(); err != nil {
		return err
	}
	return f.wrap("sync", f.pfd.Do(syscall.Fsync))
}

func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	return f.wrap("close", f.pfd.Close())
}

func (f *File) setDeadline(t time.Time, read, write bool) error {
	if err := f.check(); err != nil {
		return err
	}
	return f.pfd.SetDeadline(t, read, write)
}

func (f *File) SetDeadline(t time.Time) error { return f.setDeadline(t, true, true) }

func (f *File) SetReadDeadline(t time.Time) error { return f.setDeadline(t, true, false) }

func (f *File) SetWriteDeadline(t time.Time) error { return f.setDeadline(t, false, true) }

func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, 0, 512)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return data, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Close(); e != nil && err == nil {
		err = e
	}
	return err
}

func Remove(name string) error {
	if n := remove(name); n < 0 {
		return &PathError{"remove", name, syscall.Errno(-n)}
	}
	return nil
}

func Rename(oldpath, newpath string) error {
	if err := syscall.Rename(oldpath, newpath); err != nil {
		return &LinkError{"rename", oldpath, newpath, err}
	}
	return nil
}

func Mkdir(name string, perm FileMode) error {
	if err := syscall.Mkdir(name, uint32(perm.Perm())); err != nil {
		return &PathError{"mkdir", name, err}
	}
	return nil
}

func Truncate(name string, size int64) error {
	f, err := OpenFile(name, O_WRONLY, 0)
	if err != nil {
		if p, ok := err.(*PathError); ok {
			p.Op = "truncate"
		}
		return err
	}
	defer f.Close()
	return f.Truncate(size)
}

func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}

type (
	FileInfo = fs.FileInfo
	FileMode = fs.FileMode
)

const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)
