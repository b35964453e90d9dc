package rand

import "math"

// A Zipf draws numbers k of [0, imax] with a chance that goes as (v+k)^-s, by rejection-inversion (W. Hormann, G. Derflinger,
// "Rejection-Inversion to Generate Variates from Monotone Discrete Distributions", 1996), in the order of operations that
// gives Go's numbers.
type Zipf struct {
	rng            *Rand
	v, s           float64
	power, inverse float64 // 1-s and 1/(1-s)
	least, span    float64 // of the area that is drawn from
	sure           float64 // closer than that to the integer, it is taken unseen
}

// area is the integral of (v+x)^-s, and place its inverse.
func (z *Zipf) area(x float64) float64 { return math.Exp(z.power*math.Log(z.v+x)) * z.inverse }

func (z *Zipf) place(a float64) float64 { return math.Exp(z.inverse*math.Log(z.power*a)) - z.v }

// NewZipf is nil unless s > 1 and v >= 1.
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf {
	if !(s > 1) || v < 1 {
		return nil
	}
	z := &Zipf{rng: r, v: v, s: s, power: 1 - s}
	z.inverse = 1 / z.power
	z.least = z.area(float64(imax) + 0.5)
	z.span = z.area(0.5) - math.Exp(math.Log(v)*(-s)) - z.least
	z.sure = 1 - z.place(z.area(1.5)-math.Exp(-s*math.Log(v+1)))
	return z
}

func (z *Zipf) Uint64() uint64 {
	if z == nil {
		panic("rand: nil Zipf")
	}
	for {
		a := z.least + z.rng.Float64()*z.span
		x := z.place(a)
		k := math.Floor(x + 0.5)
		if k-x <= z.sure || a >= z.area(k+0.5)-math.Exp(-math.Log(k+z.v)*z.s) {
			return uint64(k)
		}
	}
}
