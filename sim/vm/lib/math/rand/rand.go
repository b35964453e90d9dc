// Package rand draws numbers. A seed gives the numbers that it gives in Go; without one they come from the run's seed.
package rand

type Source interface {
	Int63() int64
	Seed(seed int64)
}

type Source64 interface {
	Source
	Uint64() uint64
}

// additive is the generator s[n] = s[n-607] + s[n-273].
type additive struct {
	state     []uint64
	tap, feed int
}

const (
	length = 607
	lag    = 273
)

func (a *additive) Seed(n int64) {
	seed(a.state, n)
	a.tap, a.feed = 0, length-lag
}

func (a *additive) Uint64() uint64 {
	a.tap--
	if a.tap < 0 {
		a.tap += length
	}
	a.feed--
	if a.feed < 0 {
		a.feed += length
	}
	x := a.state[a.feed] + a.state[a.tap]
	a.state[a.feed] = x
	return x
}

func (a *additive) Int63() int64 { return int64(a.Uint64() &^ (1 << 63)) }

func NewSource(seed int64) Source {
	a := &additive{state: make([]uint64, length)}
	a.Seed(seed)
	return a
}

// runSource is the run's own.
type runSource struct{}

func (runSource) Seed(int64) { panic("internal error: call to runtimeSource.Seed") }

func (runSource) Uint64() uint64 { return random() }

func (runSource) Int63() int64 { return int64(random() &^ (1 << 63)) }

type Rand struct {
	src      Source
	s64      Source64
	left     int64 // bytes of a draw that Read has not yet used
	leftover int
}

func New(src Source) *Rand {
	s64, _ := src.(Source64)
	return &Rand{src: src, s64: s64}
}

func (r *Rand) Seed(seed int64) {
	r.src.Seed(seed)
	r.leftover = 0
}

func (r *Rand) Int63() int64 { return r.src.Int63() }

func (r *Rand) Uint32() uint32 { return uint32(r.Int63() >> 31) }

func (r *Rand) Uint64() uint64 {
	if r.s64 != nil {
		return r.s64.Uint64()
	}
	return uint64(r.Int63())>>31 | uint64(r.Int63())<<32
}

func (r *Rand) Int31() int32 { return int32(r.Int63() >> 32) }

func (r *Rand) Int() int { return int(r.Int63()) }

// Int63n throws away the draws that would make some results likelier.
func (r *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if n&(n-1) == 0 {
		return r.Int63() & (n - 1)
	}
	limit := int64(1<<63 - 1 - (1<<63)%uint64(n))
	v := r.Int63()
	for v > limit {
		v = r.Int63()
	}
	return v % n
}

func (r *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	if n&(n-1) == 0 {
		return r.Int31() & (n - 1)
	}
	limit := int32(1<<31 - 1 - (1<<31)%uint32(n))
	v := r.Int31()
	for v > limit {
		v = r.Int31()
	}
	return v % n
}

// scaled is by D. Lemire's multiplication (arXiv:1805.10941), as Shuffle has it.
func (r *Rand) scaled(n int32) int32 {
	product := uint64(r.Uint32()) * uint64(n)
	if uint32(product) < uint32(n) {
		least := uint32(-n) % uint32(n)
		for uint32(product) < least {
			product = uint64(r.Uint32()) * uint64(n)
		}
	}
	return int32(product >> 32)
}

func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	if n <= 1<<31-1 {
		return int(r.Int31n(int32(n)))
	}
	return int(r.Int63n(int64(n)))
}

func (r *Rand) Float64() float64 {
	for {
		if f := float64(r.Int63()) / (1 << 63); f < 1 {
			return f
		}
	}
}

func (r *Rand) Float32() float32 {
	for {
		if f := float32(r.Float64()); f < 1 {
			return f
		}
	}
}

func (r *Rand) Perm(n int) []int {
	m := make([]int, n)
	for i := 0; i < n; i++ {
		j := r.Intn(i + 1)
		m[i] = m[j]
		m[j] = i
	}
	return m
}

func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := n - 1; i > 0; i-- {
		if i > 1<<31-2 {
			swap(i, int(r.Int63n(int64(i+1))))
		} else {
			swap(i, int(r.scaled(int32(i+1))))
		}
	}
}

// Read takes seven bytes of each draw.
func (r *Rand) Read(p []byte) (n int, err error) {
	for n = range p {
		if r.leftover == 0 {
			r.left = r.Int63()
			r.leftover = 7
		}
		p[n] = byte(r.left)
		r.left >>= 8
		r.leftover--
	}
	return len(p), nil
}

var global = New(runSource{})

// Seed does nothing, since Go 1.24; New(NewSource(seed)) is what a repeatable program uses.
func Seed(seed int64) {}

func Int63() int64 { return global.Int63() }

func Uint32() uint32 { return global.Uint32() }

func Uint64() uint64 { return global.Uint64() }

func Int31() int32 { return global.Int31() }

func Int() int { return global.Int() }

func Int63n(n int64) int64 { return global.Int63n(n) }

func Int31n(n int32) int32 { return global.Int31n(n) }

func Intn(n int) int { return global.Intn(n) }

func Float64() float64 { return global.Float64() }

func Float32() float32 { return global.Float32() }

func Perm(n int) []int { return global.Perm(n) }

func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }

func Read(p []byte) (n int, err error) { return global.Read(p) }
