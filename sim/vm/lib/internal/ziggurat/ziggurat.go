// Package ziggurat draws from the normal and the exponential distribution by G. Marsaglia's and W. Tsang's method (2000);
// its tables are computed, as their paper tells, when first needed.
package ziggurat

import (
	"math"
	"sync"
)

const (
	normalTail = 3.442619855899
	normalArea = 9.91256303526217e-3
	expTail    = 7.69711747013104972
	expArea    = 3.949659822581572e-3
)

type table struct {
	k    []uint32  // below it a draw is taken at once
	w, f []float32 // width of a strip for each unit of the draw; the density at its edge
}

var (
	once        sync.Once
	normal, exp table
)

func newTable(n int) table { return table{make([]uint32, n), make([]float32, n), make([]float32, n)} }

// fill computes the n strips of equal area under density, whose inverse is given, from the tail inwards.
func fill(n int, tail, area, unit float64, density, inverse func(float64) float64) table {
	t := newTable(n)
	x, before := tail, tail
	q := area / density(tail)
	t.k[0] = uint32(tail / q * unit)
	t.w[0], t.w[n-1] = float32(q/unit), float32(tail/unit)
	t.f[0], t.f[n-1] = 1, float32(density(tail))
	for i := n - 2; i >= 1; i-- {
		x = inverse(area/x + density(x))
		t.k[i+1] = uint32(x / before * unit)
		before = x
		t.w[i], t.f[i] = float32(x/unit), float32(density(x))
	}
	return t
}

func prepare() {
	normal = fill(128, normalTail, normalArea, 1<<31,
		func(x float64) float64 { return math.Exp(-.5 * x * x) },
		func(y float64) float64 { return math.Sqrt(-2 * math.Log(y)) })
	exp = fill(256, expTail, expArea, 1<<32,
		func(x float64) float64 { return math.Exp(-x) },
		func(y float64) float64 { return -math.Log(y) })
}

// between tells whether a draw in the wedge of strip i lies under the density.
func (t *table) between(i int, u, density float64) bool {
	return t.f[i]+float32(u)*(t.f[i-1]-t.f[i]) < float32(density)
}

// Normal takes 32 bits and a strip from draw, and what more it needs from uniform.
func Normal(draw func() (bits uint32, strip int), uniform func() float64) float64 {
	once.Do(prepare)
	for {
		bits, i := draw()
		j := int32(bits)
		x := float64(j) * float64(normal.w[i])
		size := uint32(j)
		if j < 0 {
			size = -size
		}
		if size < normal.k[i] {
			return x
		}
		if i == 0 {
			return tail(j > 0, uniform)
		}
		if normal.between(i, uniform(), math.Exp(-.5*x*x)) {
			return x
		}
	}
}

func tail(positive bool, uniform func() float64) float64 {
	for {
		x := -math.Log(uniform()) * (1.0 / normalTail)
		y := -math.Log(uniform())
		if y+y < x*x {
			continue
		}
		if positive {
			return normalTail + x
		}
		return -normalTail - x
	}
}

func Exponential(draw func() (bits uint32, strip int), uniform func() float64) float64 {
	once.Do(prepare)
	for {
		j, i := draw()
		x := float64(j) * float64(exp.w[i])
		if j < exp.k[i] {
			return x
		}
		if i == 0 {
			return expTail - math.Log(uniform())
		}
		if exp.between(i, uniform(), math.Exp(-x)) {
			return x
		}
	}
}
