package poll

// fdMutex lets one goroutine at a time read and one write; the others wait without a thread.
type fdMutex struct{ state, rsema, wsema uint64 }

func (m *fdMutex) incref() bool
func (m *fdMutex) decref() bool
func (m *fdMutex) close() bool
func (m *fdMutex) lock(write bool) (open bool)
func (m *fdMutex) unlock(write bool) (last bool)

func semacquire(s *uint64)
func semrelease(s *uint64)

// The scheduler's poller. open gives a number for it and an error number; wait and reset give one of the codes below.
func open(fd int) (desc, errno int)
func release(desc int)
func reset(desc int, write bool) int
func wait(desc int, write bool) int
func unblock(desc int)

// setDeadline: d nanoseconds from now; clear: none.
func setDeadline(desc int, d int64, clear, read, write bool)

// read is syscall.Read, but with nowait it does not block: for who waits with the poller.
func read(fd int, p []byte, nowait bool) int
