package runtime

// GC collects garbage and returns when that is done.
func GC() {
	before := collections()
	for tries := 0; collections() == before && tries < 1000; tries++ {
		collect(before)
	}
	Gosched() // as Go's, while it sweeps: finalizers get their turn
}

// MemStats has what the heap here counts: an object of Go may be two here (a slice's header is one), and free memory is
// given back to the system as pages of large objects alone.
type MemStats struct {
	Alloc        uint64
	TotalAlloc   uint64
	Sys          uint64
	Lookups      uint64
	Mallocs      uint64
	Frees        uint64
	HeapAlloc    uint64
	HeapSys      uint64
	HeapIdle     uint64
	HeapInuse    uint64
	HeapObjects  uint64
	StackInuse   uint64
	StackSys     uint64
	NextGC       uint64
	LastGC       uint64
	PauseTotalNs uint64
	PauseNs      [256]uint64
	PauseEnd     [256]uint64
	NumGC        uint32
	EnableGC     bool
	DebugGC      bool
}

// ReadMemStats makes no objects: who compares Mallocs before and after counts his own alone.
func ReadMemStats(m *MemStats) {
	var stacks uint64
	m.HeapAlloc, m.HeapSys, m.NextGC, m.TotalAlloc, m.Mallocs, m.Frees, stacks, m.PauseTotalNs = heap()
	m.Alloc, m.HeapInuse, m.HeapIdle = m.HeapAlloc, m.HeapAlloc, m.HeapSys-m.HeapAlloc
	m.TotalAlloc += m.HeapAlloc
	m.HeapObjects = m.Mallocs - m.Frees
	m.StackInuse, m.StackSys, m.Sys = stacks, stacks, m.HeapSys+stacks
	m.Lookups, m.EnableGC, m.DebugGC = 0, true, false
	m.NumGC = uint32(collections())
	pauses(&m.PauseNs, &m.PauseEnd)
	for i := range min(int(m.NumGC), len(m.PauseEnd)) {
		m.PauseEnd[i] += uint64(epoch())
	}
	m.LastGC = m.PauseEnd[(m.NumGC+255)%256]
}

// MemProfileRate is here for programs that set it; there is no profile.
var MemProfileRate int = 512 * 1024

// A Cleanup is what AddCleanup has arranged.
type Cleanup struct{ id uint64 }

// AddCleanup runs cleanup(arg) some time after ptr can no longer be reached.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic(plainError("runtime.AddCleanup: ptr is nil"))
	}
	if p, ok := any(arg).(*T); ok && p == ptr {
		panic(plainError("runtime.AddCleanup: ptr is equal to arg, cleanup will never run"))
	}
	return Cleanup{addCleanup(ptr, func() { cleanup(arg) })}
}

func (c Cleanup) Stop() {
	if c.id != 0 {
		stopCleanup(c.id)
	}
}
