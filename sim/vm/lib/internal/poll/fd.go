// Package poll reads and writes descriptors: goroutines wait for them without a thread, where the machine's poller knows the
// descriptor, and in a blocking system call where it does not.
package poll

import (
	"errors"
	"io"
	"syscall"
	"time"
)

var (
	ErrFileClosing      = errors.New("use of closed file")
	ErrNoDeadline       = errors.New("file type does not support deadline")
	ErrNotPollable      = errors.New("not pollable")
	ErrDeadlineExceeded = error(&DeadlineExceededError{})
)

type DeadlineExceededError struct{}

func (e *DeadlineExceededError) Error() string   { return "i/o timeout" }
func (e *DeadlineExceededError) Timeout() bool   { return true }
func (e *DeadlineExceededError) Temporary() bool { return true }

const maxRW = 1 << 30

// FD is a descriptor with its locks.
type FD struct {
	mu    fdMutex
	csema uint64
	Sysfd int
	desc  int // the poller's number; 0: it does not know the descriptor
	block bool // the descriptor blocks in the kernel

	lazy, lazily bool // a stream that is not yet, or was, shown to the poller when it was first read
}

// Init makes fd known to the poller; an error means that calls on it will block.
func (fd *FD) Init(pollable bool) error {
	fd.block = true
	if !pollable {
		return nil
	}
	desc, errno := open(fd.Sysfd)
	if errno != 0 {
		return syscall.Errno(errno)
	}
	fd.desc = desc
	fd.block = false
	return nil
}

// Lazy is for a stream that the process was given: it is shown to the poller when it is first read, and never set to
// non-blocking, for it may be others' as well.
func (fd *FD) Lazy() {
	fd.lazy = true
	fd.block = true
}

func failure(code int) error {
	switch code {
	case 0:
		return nil
	case 1:
		return ErrFileClosing
	case 2:
		return ErrDeadlineExceeded
	}
	return ErrNotPollable
}

func (fd *FD) prepare(write bool) error {
	if fd.desc == 0 {
		return nil
	}
	return failure(reset(fd.desc, write))
}

func (fd *FD) destroy() error {
	if fd.desc != 0 {
		release(fd.desc)
		fd.desc = 0
	}
	err := syscall.Close(fd.Sysfd)
	fd.Sysfd = -1
	semrelease(&fd.csema)
	return err
}

func (fd *FD) decref() error {
	if fd.mu.decref() {
		return fd.destroy()
	}
	return nil
}

func (fd *FD) unlock(write bool) {
	if fd.mu.unlock(write) {
		fd.destroy()
	}
}

func (fd *FD) Close() error {
	if !fd.mu.close() {
		return ErrFileClosing
	}
	if fd.desc != 0 {
		unblock(fd.desc)
	}
	blocks := fd.block
	err := fd.decref()
	if !blocks {
		semacquire(&fd.csema)
	}
	return err
}

func (fd *FD) Read(p []byte) (int, error) {
	if !fd.mu.lock(false) {
		return 0, ErrFileClosing
	}
	n, err := fd.read(p)
	fd.unlock(false)
	return n, err
}

func (fd *FD) read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if fd.lazy {
		fd.lazy = false
		fd.desc, _ = open(fd.Sysfd)
		fd.lazily = fd.desc != 0
	}
	if err := fd.prepare(false); err != nil {
		return 0, err
	}
	if len(p) > maxRW {
		p = p[:maxRW]
	}
	for {
		n := read(fd.Sysfd, p, fd.lazily)
		if n > 0 {
			return n, nil
		}
		if n == 0 {
			return 0, io.EOF
		}
		err := error(syscall.Errno(-n))
		if err == syscall.EAGAIN && fd.desc != 0 && (fd.lazily || !fd.block) {
			if err = failure(wait(fd.desc, false)); err == nil {
				continue
			}
		}
		if err != syscall.EINTR {
			return 0, err
		}
	}
}

func (fd *FD) Write(p []byte) (int, error) {
	if !fd.mu.lock(true) {
		return 0, ErrFileClosing
	}
	n, err := fd.write(p)
	fd.unlock(true)
	return n, err
}

func (fd *FD) write(p []byte) (nn int, err error) {
	if err := fd.prepare(true); err != nil {
		return 0, err
	}
	for {
		n, err := syscall.Write(fd.Sysfd, p[nn:min(len(p), nn+maxRW)])
		if n > 0 {
			nn += n
		}
		if nn == len(p) {
			return nn, err
		}
		if err == syscall.EAGAIN && fd.desc != 0 && !fd.block {
			if err = failure(wait(fd.desc, true)); err == nil {
				continue
			}
		}
		if err != nil && err != syscall.EINTR {
			return nn, err
		}
		if n == 0 {
			return nn, io.ErrUnexpectedEOF
		}
	}
}

func (fd *FD) Pread(p []byte, off int64) (int, error) {
	if !fd.mu.incref() {
		return 0, ErrFileClosing
	}
	n, err := syscall.Pread(fd.Sysfd, p, off)
	if err != nil {
		n = 0
	}
	fd.decref()
	if n == 0 && len(p) > 0 && err == nil {
		err = io.EOF
	}
	return n, err
}

func (fd *FD) Pwrite(p []byte, off int64) (nn int, err error) {
	if !fd.mu.incref() {
		return 0, ErrFileClosing
	}
	for nn < len(p) && err == nil {
		var n int
		n, err = syscall.Pwrite(fd.Sysfd, p[nn:], off+int64(nn))
		if n > 0 {
			nn += n
		} else if err == nil {
			err = io.ErrUnexpectedEOF
		}
	}
	fd.decref()
	return nn, err
}

func (fd *FD) Seek(offset int64, whence int) (int64, error) {
	if !fd.mu.incref() {
		return 0, ErrFileClosing
	}
	n, err := syscall.Seek(fd.Sysfd, offset, whence)
	fd.decref()
	return n, err
}

func (fd *FD) Fstat(s *syscall.Stat_t) error {
	return fd.Do(func(n int) error { return syscall.Fstat(n, s) })
}

// Do calls f with the descriptor, which is not closed meanwhile.
func (fd *FD) Do(f func(fd int) error) error {
	if !fd.mu.incref() {
		return ErrFileClosing
	}
	err := f(fd.Sysfd)
	fd.decref()
	return err
}

// SetBlocking makes raw calls on the descriptor block, as others may want to make them.
func (fd *FD) SetBlocking() error {
	return fd.Do(func(n int) error {
		fd.block = true
		return syscall.SetNonblock(n, false)
	})
}

func (fd *FD) SetDeadline(t time.Time, read, write bool) error {
	return fd.Do(func(int) error {
		if fd.desc == 0 || fd.lazily {
			return ErrNoDeadline
		}
		setDeadline(fd.desc, int64(time.Until(t)), t.IsZero(), read, write)
		return nil
	})
}
