package syscall

func errorText(errno int) string

func nanosleep(ns int64)

// Each gives a count, a descriptor or 0, or an error number with its sign turned.
func read(fd int, p []byte) int

func write(fd int, p []byte) int

func open(path string, flags int, perm uint32) int

func closeFile(fd int) int

func pipe(flags int) (r, w, n int)

func seek(fd int, offset int64, whence int) int64

func pread(fd int, p []byte, offset int64) int

func pwrite(fd int, p []byte, offset int64) int

// stat is of fd, or of path if fd is negative.
func stat(path string, fd int) (n int, mode int, size, mtime int64, dev, ino uint64)

func truncate(fd int, size int64) int

func sync(fd int) int

func setNonblock(fd int, on bool) int

func rename(from, to string) int

func mkdir(path string, perm uint32) int

func getpid() int

func kill(pid, sig int) int
