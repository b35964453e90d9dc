package rand

import "internal/ziggurat"

func (r *Rand) NormFloat64() float64 {
	return ziggurat.Normal(func() (uint32, int) {
		u := r.Uint32()
		return u, int(u & 0x7F)
	}, r.Float64)
}

func (r *Rand) ExpFloat64() float64 {
	return ziggurat.Exponential(func() (uint32, int) {
		u := r.Uint32()
		return u, int(u & 0xFF)
	}, r.Float64)
}

func NormFloat64() float64 { return global.NormFloat64() }

func ExpFloat64() float64 { return global.ExpFloat64() }
