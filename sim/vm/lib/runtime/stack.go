package runtime

func Callers(skip int, pc []uintptr) int { return callers(skip, pc) }

// Frames are what positions of Callers stand for.
type Frames struct{ pcs []uintptr }

type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

func (ci *Frames) Next() (frame Frame, more bool) {
	for len(ci.pcs) > 0 {
		pc := ci.pcs[0]
		ci.pcs = ci.pcs[1:]
		function, file, line := position(pc)
		if line == 0 {
			continue
		}
		f := FuncForPC(pc)
		return Frame{pc, f, function, file, line, f.entry}, len(ci.pcs) > 0
	}
	return Frame{}, false
}

// Func is a function of the program.
type Func struct {
	name  string
	entry uintptr
}

func FuncForPC(pc uintptr) *Func {
	function, _, line := position(pc)
	if line == 0 {
		return nil
	}
	return &Func{function, pc &^ (1<<32 - 1)}
}

func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

func (f *Func) Entry() uintptr { return f.entry }

func (f *Func) FileLine(pc uintptr) (file string, line int) {
	_, file, line = position(pc)
	return file, line
}

// Stack writes the trace of the goroutine, or of all. It begins with the caller.
func Stack(buf []byte, all bool) int {
	text := trace(all)
	header := lineEnd(text)
	rest := text[header:]
	for len(rest) > 8 && rest[:8] == "runtime." {
		rest = rest[lineEnd(rest):] // the function
		rest = rest[lineEnd(rest):] // and where it is
	}
	n := copy(buf, text[:header])
	return n + copy(buf[n:], rest)
}

func lineEnd(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			return i + 1
		}
	}
	return len(s)
}
