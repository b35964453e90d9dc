package rand

// seed fills the state of a generator.
func seed(state []uint64, n int64)

// random is drawn from the run's own seed.
func random() uint64
