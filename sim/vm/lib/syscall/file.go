package syscall

const (
	O_RDONLY   = 0x0
	O_WRONLY   = 0x1
	O_RDWR     = 0x2
	O_CREAT    = 0x40
	O_EXCL     = 0x80
	O_TRUNC    = 0x200
	O_APPEND   = 0x400
	O_NONBLOCK = 0x800
	O_SYNC     = 0x101000
	O_CLOEXEC  = 0x80000

	S_IFMT   = 0xf000
	S_IFSOCK = 0xc000
	S_IFLNK  = 0xa000
	S_IFREG  = 0x8000
	S_IFBLK  = 0x6000
	S_IFDIR  = 0x4000
	S_IFCHR  = 0x2000
	S_IFIFO  = 0x1000
	S_ISUID  = 0x800
	S_ISGID  = 0x400
	S_ISVTX  = 0x200
)

// Stat_t has of the kernel's answer what is known in both worlds.
type Stat_t struct {
	Dev, Ino uint64
	Mode     uint32
	Size     int64
	Mtim     Timespec
}

func Open(path string, mode int, perm uint32) (fd int, err error) { return count(open(path, mode, perm)) }

func Close(fd int) error { return result(closeFile(fd)) }

func Pipe(p []int) error { return Pipe2(p, 0) }

func Pipe2(p []int, flags int) error {
	if len(p) != 2 {
		return EINVAL
	}
	r, w, n := pipe(flags)
	if n < 0 {
		return Errno(-n)
	}
	p[0], p[1] = r, w
	return nil
}

func Seek(fd int, offset int64, whence int) (off int64, err error) {
	n := seek(fd, offset, whence)
	if n < 0 {
		return -1, Errno(-n)
	}
	return n, nil
}

func Pread(fd int, p []byte, offset int64) (n int, err error) { return count(pread(fd, p, offset)) }

func Pwrite(fd int, p []byte, offset int64) (n int, err error) { return count(pwrite(fd, p, offset)) }

func Stat(path string, stat *Stat_t) error { return filled(stat, path, -1) }

func Fstat(fd int, stat *Stat_t) error { return filled(stat, "", fd) }

func filled(s *Stat_t, path string, fd int) error {
	n, mode, size, mtime, dev, ino := stat(path, fd)
	if n < 0 {
		return Errno(-n)
	}
	*s = Stat_t{dev, ino, uint32(mode), size, NsecToTimespec(mtime)}
	return nil
}

func Ftruncate(fd int, length int64) error { return result(truncate(fd, length)) }

func Fsync(fd int) error { return result(sync(fd)) }

func SetNonblock(fd int, nonblocking bool) error { return result(setNonblock(fd, nonblocking)) }

func Rename(from, to string) error { return result(rename(from, to)) }

func Mkdir(path string, mode uint32) error { return result(mkdir(path, mode)) }
