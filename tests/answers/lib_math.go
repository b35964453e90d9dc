package main

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand"
	r2 "math/rand/v2"
)

func main() {
	v := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2, 3.7, -3.7, 1e-10, 1e10, 1e100, -1e100, 1e300, math.Pi, -math.Pi, math.E, 100.25, 709.78, 710, -745, 5e-324, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), 0.1, 0.9, 1.0000001, 88.7, 1e15, 1e16 + 2, 4503599627370497.5, math.Pi / 2, math.Pi / 4, 1e22}
	rng := rand.New(rand.NewSource(42))
	for range 300 {
		v = append(v, rng.NormFloat64()*math.Pow(10, float64(rng.Intn(12)-4)))
	}
	f1 := map[string]func(float64) float64{"Abs": math.Abs, "Acos": math.Acos, "Asin": math.Asin, "Atan": math.Atan, "Cbrt": math.Cbrt, "Ceil": math.Ceil, "Cos": math.Cos, "Cosh": math.Cosh, "Exp": math.Exp, "Exp2": math.Exp2, "Expm1": math.Expm1, "Floor": math.Floor, "Log": math.Log, "Log10": math.Log10, "Log1p": math.Log1p, "Log2": math.Log2, "Logb": math.Logb, "Round": math.Round, "RoundToEven": math.RoundToEven, "Sin": math.Sin, "Sinh": math.Sinh, "Sqrt": math.Sqrt, "Tan": math.Tan, "Tanh": math.Tanh, "Trunc": math.Trunc}
	names := []string{"Abs", "Acos", "Asin", "Atan", "Cbrt", "Ceil", "Cos", "Cosh", "Exp", "Exp2", "Expm1", "Floor", "Log", "Log10", "Log1p", "Log2", "Logb", "Round", "RoundToEven", "Sin", "Sinh", "Sqrt", "Tan", "Tanh", "Trunc"}
	for _, n := range names {
		for _, x := range v {
			fmt.Printf("%s(%g)=%x\n", n, x, math.Float64bits(f1[n](x)))
		}
	}
	for _, x := range v[:60] {
		for _, y := range v[:60] {
			fmt.Printf("%x %x %x %x %x %x %x %x %x\n", math.Float64bits(math.Pow(x, y)), math.Float64bits(math.Atan2(x, y)), math.Float64bits(math.Hypot(x, y)), math.Float64bits(math.Mod(x, y)), math.Float64bits(math.Remainder(x, y)), math.Float64bits(math.Max(x, y)), math.Float64bits(math.Min(x, y)), math.Float64bits(math.Dim(x, y)), math.Float64bits(math.Nextafter(x, y)))
			fmt.Printf("%x\n", math.Float64bits(math.FMA(x, y, 1.5)))
		}
		fr, e := math.Frexp(x)
		ip, fp := math.Modf(x)
		s, c := math.Sincos(x)
		fmt.Printf("%x %d %x %x %x %x %x %v %v\n", math.Float64bits(fr), e, math.Float64bits(ip), math.Float64bits(fp), math.Float64bits(s), math.Float64bits(c), math.Float64bits(math.Ldexp(x, 5)), math.Ilogb(x), math.Signbit(x))
		fmt.Println(int64(x), int32(int64(x)), uint64(int64(x)), float32(x))
	}
	for i := -330; i < 320; i += 7 {
		fmt.Println(math.Pow10(i))
	}
	r := rand.New(rand.NewSource(7))
	fmt.Println(r.Int(), r.Intn(10), r.Int31n(7), r.Int63n(1e15), r.Float64(), r.Float32(), r.Perm(8), r.NormFloat64(), r.ExpFloat64(), r.Uint32(), r.Uint64(), r.Int31())
	r.Shuffle(5, func(i, j int) { fmt.Print(i, j, " ") })
	b := make([]byte, 9)
	r.Read(b)
	fmt.Println(b)
	p := r2.New(r2.NewPCG(1, 2))
	fmt.Println(p.IntN(100), p.Int64N(1e12), p.Uint32(), p.Uint64(), p.Float64(), p.Float32(), p.Perm(6), p.NormFloat64(), p.ExpFloat64(), p.Int32N(50), p.UintN(9), p.Uint32N(8), p.Uint64N(7), p.Int())
	fmt.Println(bits.Len(0), bits.Len64(1<<40), bits.OnesCount(255), bits.LeadingZeros32(1), bits.TrailingZeros(8), bits.Reverse8(3), bits.ReverseBytes32(1), bits.RotateLeft8(0x81, 1))
	fmt.Println(bits.Add64(1<<63, 1<<63, 1))
	fmt.Println(bits.Mul64(1<<40, 1<<41))
	fmt.Println(bits.Div64(1, 2, 3))
	fmt.Println(bits.Sub32(1, 2, 0))
	func() {
		defer func() { fmt.Println(recover()) }()
		bits.Div64(5, 0, 3)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		rand.Intn(0)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		r2.IntN(-1)
	}()
}
