// Package bits counts and moves the bits of unsigned integers.
package bits

const UintSize = 64

func Len64(x uint64) (n int) {
	for shift := uint(32); shift > 0; shift >>= 1 {
		if x>>shift != 0 {
			x >>= shift
			n += int(shift)
		}
	}
	return n + int(x)
}

func Len(x uint) int { return Len64(uint64(x)) }

func Len32(x uint32) int { return Len64(uint64(x)) }

func Len16(x uint16) int { return Len64(uint64(x)) }

func Len8(x uint8) int { return Len64(uint64(x)) }

func LeadingZeros(x uint) int { return 64 - Len(x) }

func LeadingZeros64(x uint64) int { return 64 - Len64(x) }

func LeadingZeros32(x uint32) int { return 32 - Len32(x) }

func LeadingZeros16(x uint16) int { return 16 - Len16(x) }

func LeadingZeros8(x uint8) int { return 8 - Len8(x) }

func TrailingZeros64(x uint64) int {
	if x == 0 {
		return 64
	}
	return Len64(x&-x) - 1
}

func TrailingZeros(x uint) int { return TrailingZeros64(uint64(x)) }

func TrailingZeros32(x uint32) int { return min(TrailingZeros64(uint64(x)), 32) }

func TrailingZeros16(x uint16) int { return min(TrailingZeros64(uint64(x)), 16) }

func TrailingZeros8(x uint8) int { return min(TrailingZeros64(uint64(x)), 8) }

const (
	everySecond = 0x5555555555555555
	pairs       = 0x3333333333333333
	nibbles     = 0x0F0F0F0F0F0F0F0F
	bytes       = 0x0101010101010101
)

func OnesCount64(x uint64) int {
	x -= x >> 1 & everySecond
	x = x&pairs + x>>2&pairs
	x = (x + x>>4) & nibbles
	return int(x * bytes >> 56)
}

func OnesCount(x uint) int { return OnesCount64(uint64(x)) }

func OnesCount32(x uint32) int { return OnesCount64(uint64(x)) }

func OnesCount16(x uint16) int { return OnesCount64(uint64(x)) }

func OnesCount8(x uint8) int { return OnesCount64(uint64(x)) }

func RotateLeft64(x uint64, k int) uint64 {
	s := uint(k) & 63
	return x<<s | x>>(64-s)
}

func RotateLeft(x uint, k int) uint { return uint(RotateLeft64(uint64(x), k)) }

func RotateLeft32(x uint32, k int) uint32 {
	s := uint(k) & 31
	return x<<s | x>>(32-s)
}

func RotateLeft16(x uint16, k int) uint16 {
	s := uint(k) & 15
	return x<<s | x>>(16-s)
}

func RotateLeft8(x uint8, k int) uint8 {
	s := uint(k) & 7
	return x<<s | x>>(8-s)
}

func ReverseBytes64(x uint64) uint64 {
	const m8, m16 = 0x00FF00FF00FF00FF, 0x0000FFFF0000FFFF
	x = x>>8&m8 | x&m8<<8
	x = x>>16&m16 | x&m16<<16
	return x>>32 | x<<32
}

func ReverseBytes(x uint) uint { return uint(ReverseBytes64(uint64(x))) }

func ReverseBytes32(x uint32) uint32 { return uint32(ReverseBytes64(uint64(x)) >> 32) }

func ReverseBytes16(x uint16) uint16 { return x>>8 | x<<8 }

func Reverse64(x uint64) uint64 {
	x = x>>1&everySecond | x&everySecond<<1
	x = x>>2&pairs | x&pairs<<2
	x = x>>4&nibbles | x&nibbles<<4
	return ReverseBytes64(x)
}

func Reverse(x uint) uint { return uint(Reverse64(uint64(x))) }

func Reverse32(x uint32) uint32 { return uint32(Reverse64(uint64(x)) >> 32) }

func Reverse16(x uint16) uint16 { return uint16(Reverse64(uint64(x)) >> 48) }

func Reverse8(x uint8) uint8 { return uint8(Reverse64(uint64(x)) >> 56) }

func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	return sum, (x&y | (x|y)&^sum) >> 63
}

func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	return diff, (^x&y | ^(x^y)&diff) >> 63
}

func Mul64(x, y uint64) (hi, lo uint64) {
	const low = 1<<32 - 1
	xl, xh, yl, yh := x&low, x>>32, y&low, y>>32
	t := xh*yl + xl*yl>>32
	u := t&low + xl*yh
	return xh*yh + t>>32 + u>>32, x * y
}

func Add(x, y, carry uint) (sum, carryOut uint) {
	s, c := Add64(uint64(x), uint64(y), uint64(carry))
	return uint(s), uint(c)
}

func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	d, b := Sub64(uint64(x), uint64(y), uint64(borrow))
	return uint(d), uint(b)
}

func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	s := uint64(x) + uint64(y) + uint64(carry)
	return uint32(s), uint32(s >> 32)
}

func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	d := uint64(x) - uint64(y) - uint64(borrow)
	return uint32(d), uint32(d >> 63)
}

func Mul32(x, y uint32) (hi, lo uint32) {
	p := uint64(x) * uint64(y)
	return uint32(p >> 32), uint32(p)
}

// Div64 divides hi, lo by y, bit by bit.
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	if y == 0 {
		panic(zero(0))
	}
	if y <= hi {
		panic("runtime error: integer overflow")
	}
	rem = hi
	for i := 0; i < 64; i++ {
		top := rem >> 63
		rem = rem<<1 | lo>>63
		lo <<= 1
		quo <<= 1
		if top != 0 || rem >= y {
			rem -= y
			quo |= 1
		}
	}
	return quo, rem
}

// zero panics as a division by it does.
func zero(y uint64) uint64 { return 1 / y }

func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

func Div32(hi, lo, y uint32) (quo, rem uint32) {
	if y != 0 && y <= hi {
		panic("runtime error: integer overflow")
	}
	z := uint64(hi)<<32 | uint64(lo)
	return uint32(z / uint64(y)), uint32(z % uint64(y))
}

func Rem64(hi, lo, y uint64) uint64 {
	_, rem := Div64(hi%y, lo, y)
	return rem
}

func Rem(hi, lo, y uint) uint { return uint(Rem64(uint64(hi), uint64(lo), uint64(y))) }

func Rem32(hi, lo, y uint32) uint32 {
	return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y))
}
