package signal

// recv waits for the next signal, in a thread of its own.
func recv() int

// use says what becomes of a signal from now on: one of the three below.
func use(sig, how int)

const (
	useDefault = 0
	useNotify  = 1
	useIgnore  = 2
)

func isIgnored(sig int) bool
