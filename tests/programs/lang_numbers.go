package main

import (
	"fmt"
	"math"
)

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

const (
	a = iota * 10
	b
	_
	c
	big = 1 << 100
)

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8 = 0
	u8--
	var i16 int16 = -32768
	i16 = -i16
	var u16 uint16 = 65535
	u16 *= u16
	var i32 int32 = math.MaxInt32
	i32 += 2
	var u32 uint32 = 1 << 31
	u32 <<= 1
	var i64 int64 = math.MinInt64
	i64 /= -1
	var u64 uint64 = math.MaxUint64
	u64 += 2
	fmt.Println(i8, u8, i16, u16, i32, u32, i64, u64)
	x, y := -7, 2
	fmt.Println(x/y, x%y, x>>1, x<<1, uint(x)>>60, x&3, x|8, x^5, x&^3, ^x, -x)
	var sh uint = 70
	fmt.Println(1<<sh, x>>sh, uint32(1)<<31, int8(-128)>>sh)
	fmt.Println(int8(200+u8), uint8(x), int32(int64(x)<<33+5), uint16(x+70000))
	f := 7.9
	fmt.Println(int(f), int(-f), uint8(f), float32(0.1), float64(float32(0.1)), int64(math.MaxInt32)*2)
	fmt.Println(f/0.5, -f, f == 7.9, math.NaN() == math.NaN(), math.Inf(1) > f, !(math.NaN() < 1))
	var z float64
	fmt.Println(1/z, -1/z, z/z != z/z, min(3, 1, 2), max(2.5, 1), min("b", "a"), max(u8, 3))
	fmt.Println(a, b, c, big>>98, celsius(36.6), 'a'+1, string(rune('a'+1)))
	var r rune = 'é'
	fmt.Println(r, string(r), []byte("hé"), []rune("hé"), string([]byte{104, 105}), string([]rune{233, 33}))
	fmt.Println("a" < "b", "abc" >= "abd", "x"+"y" == "xy", len("héllo"), "héllo"[1], "hello"[1:3])
	var cond bool
	cond = x < 0 && y > 0 || !cond
	fmt.Println(cond, !cond && cond, x < y == true)
	var div int8 = -128
	fmt.Println(div/-1, div%-1, uint64(1<<63)/3, uint32(7)%4)
	k := uint8(250)
	for range 10 {
		k++
	}
	fmt.Println(k, k-5, 5-k, k*100, k<<4, ^k)
	var fl32 float32 = 16777216
	fmt.Println(fl32+1 == fl32, float32(1)/3, fl32*fl32)
	h := 0x1p-2
	fmt.Println(h, 1e3, 0b101, 0o17, 1_000_000)
	const huge = 1e300 * 1e300 / 1e300
	fmt.Println(huge, uint64(math.MaxUint64), math.MaxInt64)
}

// expect: -128 255 -32768 1 -2147483647 0 -9223372036854775808 1
// expect: -3 -1 -4 -14 15 1 -7 -4 -8 6 7
// expect: 0 -1 2147483648 -1
// expect: -57 249 5 4457
// expect: 7 -7 7 0.1 0.10000000149011612 4294967294
// expect: 15.8 -7.9 true false true true
// expect: +Inf -Inf true 1 2.5 a 255
// expect: 0 10 30 4 36.6°C 98 b
// expect: 233 é [104 195 169] [104 233] hi é!
// expect: true false true 6 195 el
// expect: true false true
// expect: -128 0 3074457345618258602 3
// expect: 4 255 1 144 64 251
// expect: true 0.33333334 2.8147498e+14
// expect: 0.25 1000 5 15 1000000
// expect: 1e+300 18446744073709551615 9223372036854775807
