package rand

type intType interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// N is a random n in [0, n) of n's own type, a time.Duration for instance.
func N[Int intType](n Int) Int {
	check(n > 0, "N")
	return Int(global.below(uint64(n)))
}
