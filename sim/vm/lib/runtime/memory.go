package runtime

// GC collects garbage and returns when that is done.
func GC() {
	before := collections()
	for tries := 0; collections() == before && tries < 1000; tries++ {
		collect(before)
	}
	Gosched() // as Go's, while it sweeps: finalizers get their turn
}

// MemStats has what the heap here counts.
type MemStats struct {
	Alloc      uint64
	TotalAlloc uint64
	Sys        uint64
	HeapAlloc  uint64
	HeapSys    uint64
	HeapIdle   uint64
	HeapInuse  uint64
	NextGC     uint64
	NumGC      uint32
	EnableGC   bool
}

func ReadMemStats(m *MemStats) {
	used, taken, goal, freed := heap()
	*m = MemStats{
		Alloc: used, TotalAlloc: used + freed, Sys: taken, HeapAlloc: used, HeapSys: taken, HeapIdle: taken - used,
		HeapInuse: used, NextGC: goal, NumGC: uint32(collections()), EnableGC: true,
	}
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
