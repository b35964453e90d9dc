package rand

// random is drawn from the run's own seed.
func random() uint64
