package runtime

func Gosched()

func Goexit()

func NumGoroutine() int

func NumCPU() int

func GOMAXPROCS(n int) int

func LockOSThread()

func UnlockOSThread()

// caller is the position of the frame skip above its caller's; fn is the function's qualified name.
func caller(skip int) (pc uintptr, file string, line int, ok bool)

// callers fills pcs with the positions of the frames from skip above its caller's own on, and tells how many.
func callers(skip int, pcs []uintptr) int

// position is what a pc of callers stands for; line is 0 if it stands for nothing.
func position(pc uintptr) (function, file string, line int)

// trace is the text of a goroutine's trace, or of all goroutines'.
func trace(all bool) string

// collections is how many there have been; collect asks for one, which comes at the next safe point, if there still have
// been no more than before.
func collections() uint64

func collect(before uint64)

func SetFinalizer(obj any, finalizer any)

// addCleanup has f run once nothing reaches what pointer points into; 0: it never will be so.
func addCleanup(pointer any, f func()) (id uint64)

func stopCleanup(id uint64)

// heap is bytes in use, bytes taken from the system, and the bytes at which the next collection
// begins; bytes that collections have freed in all; objects that were made and that were freed; bytes of goroutines'
// stacks; nanoseconds in collections. The world is stopped for it, as Go's is.
func heap() (used, taken, goal, freed, mallocs, frees, stacks, paused uint64)

// pauses fills both with what is known of the last collections: how long each took, and when in the run it ended.
func pauses(length, end *[256]uint64)

// epoch is when the run began, in nanoseconds since 1970.
func epoch() int64
