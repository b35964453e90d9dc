package runtime

// GC collects garbage and returns when that is done.
func GC() {
	before := collections()
	for tries := 0; collections() == before && tries < 1000; tries++ {
		collect()
	}
}

// MemStats has what the heap here counts.
type MemStats struct {
	Alloc     uint64
	Sys       uint64
	HeapAlloc uint64
	HeapSys   uint64
	HeapInuse uint64
	NextGC    uint64
	NumGC     uint32
}

func ReadMemStats(m *MemStats) {
	used, taken, goal := heap()
	*m = MemStats{used, taken, used, taken, used, goal, uint32(collections())}
}
