// Package syscall has the raw system calls that a lesson on blocking calls needs, and error numbers.
package syscall

// An Errno is the number of a failed system call.
type Errno uintptr

const (
	EPERM  = Errno(1)
	ENOENT = Errno(2)
	EINTR  = Errno(4)
	EIO    = Errno(5)
	EBADF  = Errno(9)
	EAGAIN = Errno(11)
	ENOMEM = Errno(12)
	EACCES = Errno(13)
	EEXIST = Errno(17)
	EINVAL = Errno(22)
	EPIPE  = Errno(32)
	ENOSYS = Errno(38)
)

func (e Errno) Error() string { return errorText(int(e)) }

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
		return Errno(14)
	}
	if time.Sec < 0 || time.Nsec < 0 || time.Nsec > 999999999 {
		return EINVAL
	}
	nanosleep(time.Nano())
	return nil
}

func Read(fd int, p []byte) (n int, err error) {
	n = read(fd, p)
	if n < 0 {
		return -1, Errno(-n)
	}
	return n, nil
}

func Write(fd int, p []byte) (n int, err error) {
	n = write(fd, p)
	if n < 0 {
		return -1, Errno(-n)
	}
	return n, nil
}
