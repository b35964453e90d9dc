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
