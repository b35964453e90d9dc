package syscall

// A Signal is the number of one that the program may get.
type Signal int

const (
	SIGHUP  = Signal(1)
	SIGINT  = Signal(2)
	SIGQUIT = Signal(3)
	SIGILL  = Signal(4)
	SIGTRAP = Signal(5)
	SIGABRT = Signal(6)
	SIGBUS  = Signal(7)
	SIGFPE  = Signal(8)
	SIGKILL = Signal(9)
	SIGUSR1 = Signal(10)
	SIGSEGV = Signal(11)
	SIGUSR2 = Signal(12)
	SIGPIPE = Signal(13)
	SIGALRM = Signal(14)
	SIGTERM = Signal(15)
)

var signalNames = [...]string{
	1: "hangup", 2: "interrupt", 3: "quit", 4: "illegal instruction", 5: "trace/breakpoint trap", 6: "aborted",
	7: "bus error", 8: "floating point exception", 9: "killed", 10: "user defined signal 1", 11: "segmentation fault",
	12: "user defined signal 2", 13: "broken pipe", 14: "alarm clock", 15: "terminated",
}

func (s Signal) Signal() {}

func (s Signal) String() string {
	if s > 0 && int(s) < len(signalNames) {
		return signalNames[s]
	}
	var digits []byte
	n := int(s)
	if n < 0 {
		n = -n
	}
	for ok := true; ok; ok = n > 0 {
		digits = append([]byte{byte('0' + n%10)}, digits...)
		n /= 10
	}
	if s < 0 {
		return "signal -" + string(digits)
	}
	return "signal " + string(digits)
}

func Getpid() int { return getpid() }

// Kill sends a signal to the program itself; other processes are out of its reach.
func Kill(pid int, sig Signal) error { return result(kill(pid, int(sig))) }
