// Package syscall has raw system calls, which block the thread as they do anywhere, and error numbers.
package syscall

import (
	"errors"
	"internal/oserror"
)

// An Errno is the number of a failed system call.
type Errno uintptr

const (
	EPERM     = Errno(1)
	ENOENT    = Errno(2)
	EINTR     = Errno(4)
	EIO       = Errno(5)
	EBADF     = Errno(9)
	EAGAIN    = Errno(11)
	ENOMEM    = Errno(12)
	EACCES    = Errno(13)
	EFAULT    = Errno(14)
	EBUSY     = Errno(16)
	EEXIST    = Errno(17)
	EXDEV     = Errno(18)
	ENOTDIR   = Errno(20)
	EISDIR    = Errno(21)
	EINVAL    = Errno(22)
	EMFILE    = Errno(24)
	EFBIG     = Errno(27)
	ENOSPC    = Errno(28)
	ESPIPE    = Errno(29)
	EROFS     = Errno(30)
	EPIPE     = Errno(32)
	ENOSYS    = Errno(38)
	ENOTEMPTY = Errno(39)
	ENOTSUP   = Errno(95)
	ETIMEDOUT = Errno(110)

	EWOULDBLOCK = EAGAIN
	EOPNOTSUPP  = ENOTSUP
)

func (e Errno) Error() string { return errorText(int(e)) }

func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	case errors.ErrUnsupported:
		return e == ENOSYS || e == ENOTSUP
	}
	return false
}

func (e Errno) Temporary() bool { return e == EINTR || e == EMFILE || e.Timeout() }

func (e Errno) Timeout() bool { return e == EAGAIN || e == ETIMEDOUT }

// result is a call's, which gives an error number with its sign turned.
func result(n int) error {
	if n < 0 {
		return Errno(-n)
	}
	return nil
}

func count(n int) (int, error) {
	if n < 0 {
		return -1, Errno(-n)
	}
	return n, nil
}

const (
	Stdin  = 0
	Stdout = 1
	Stderr = 2
)

type Timespec struct {
	Sec  int64
	Nsec int64
}

func (ts *Timespec) Unix() (sec int64, nsec int64) { return ts.Sec, ts.Nsec }

func (ts *Timespec) Nano() int64 { return ts.Sec*1e9 + ts.Nsec }

func NsecToTimespec(nsec int64) Timespec {
	sec, rest := nsec/1e9, nsec%1e9
	if rest < 0 {
		rest += 1e9
		sec--
	}
	return Timespec{sec, rest}
}

// Nanosleep blocks the thread, as the system call does; the scheduler sees a goroutine in a call.
func Nanosleep(time *Timespec, leftover *Timespec) error {
	if time == nil {
		return EFAULT
	}
	if time.Sec < 0 || time.Nsec < 0 || time.Nsec > 999999999 {
		return EINVAL
	}
	nanosleep(time.Nano())
	return nil
}

func Read(fd int, p []byte) (n int, err error) { return count(read(fd, p)) }

func Write(fd int, p []byte) (n int, err error) { return count(write(fd, p)) }
