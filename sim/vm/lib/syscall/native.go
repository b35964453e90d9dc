package syscall

func errorText(errno int) string

func nanosleep(ns int64)

// read and write give a count, or an error number with its sign turned.
func read(fd int, p []byte) int

func write(fd int, p []byte) int
