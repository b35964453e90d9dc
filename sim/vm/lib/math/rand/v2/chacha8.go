package rand

import (
	"errors"
	"math/bits"
)

// ChaCha8 is D. J. Bernstein's stream cipher with 8 rounds as a generator, by the rules of C2SP's chacha8rand: four blocks
// are made at once and their words interleaved; after 16 blocks the last 32 bytes become the next seed.
type ChaCha8 struct {
	words   [32]uint64
	seed    [4]uint64
	at, end int    // of words
	counter uint32 // of the first of the four blocks
	rest    []byte // of a word that Read has begun
}

const (
	chachaBlocks = 4
	chachaMost   = 16
	chachaSeed   = 4
)

func NewChaCha8(seed [32]byte) *ChaCha8 {
	c := new(ChaCha8)
	c.Seed(seed)
	return c
}

func (c *ChaCha8) Seed(seed [32]byte) {
	*c = ChaCha8{}
	for i := range c.seed {
		c.seed[i] = littleEndian(seed[i*8:])
	}
	c.fill()
}

func littleEndian(b []byte) (x uint64) {
	for i := 7; i >= 0; i-- {
		x = x<<8 | uint64(b[i])
	}
	return x
}

func appendLittleEndian(b []byte, x uint64) []byte {
	for range 8 {
		b = append(b, byte(x))
		x >>= 8
	}
	return b
}

func bigEndian(b []byte) (x uint64) {
	for i := range 8 {
		x = x<<8 | uint64(b[i])
	}
	return x
}

func appendBigEndian(b []byte, x uint64) []byte { return appendLittleEndian(b, bits.ReverseBytes64(x)) }

// fill makes the four blocks at counter.
func (c *ChaCha8) fill() {
	var out [16][chachaBlocks]uint32
	for lane := range uint32(chachaBlocks) {
		s := [16]uint32{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}
		for i, x := range c.seed {
			s[4+2*i], s[5+2*i] = uint32(x), uint32(x>>32)
		}
		s[12] = c.counter + lane
		key := s
		for range 4 {
			for i := range 4 {
				quarter(&s, i, 4+i, 8+i, 12+i)
			}
			for i := range 4 {
				quarter(&s, i, 4+(i+1)%4, 8+(i+2)%4, 12+(i+3)%4)
			}
		}
		for i := range s {
			if i >= 4 && i < 12 {
				s[i] += key[i]
			}
			out[i][lane] = s[i]
		}
	}
	for i := range c.words {
		row, half := i/2, i%2*2
		c.words[i] = uint64(out[row][half]) | uint64(out[row][half+1])<<32
	}
	c.at, c.end = 0, len(c.words)
	if c.counter == chachaMost-chachaBlocks {
		c.end -= chachaSeed
	}
}

func quarter(s *[16]uint32, a, b, c, d int) {
	s[a] += s[b]
	s[d] = bits.RotateLeft32(s[d]^s[a], 16)
	s[c] += s[d]
	s[b] = bits.RotateLeft32(s[b]^s[c], 12)
	s[a] += s[b]
	s[d] = bits.RotateLeft32(s[d]^s[a], 8)
	s[c] += s[d]
	s[b] = bits.RotateLeft32(s[b]^s[c], 7)
}

func (c *ChaCha8) Uint64() uint64 {
	if c.at == c.end {
		if c.counter += chachaBlocks; c.counter == chachaMost {
			copy(c.seed[:], c.words[len(c.words)-chachaSeed:])
			c.counter = 0
		}
		c.fill()
	}
	c.at++
	return c.words[c.at-1]
}

func (c *ChaCha8) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(c.rest) == 0 {
			c.rest = appendLittleEndian(nil, c.Uint64())
		}
		k := copy(p[n:], c.rest)
		c.rest = c.rest[k:]
		n += k
	}
	return n, nil
}

func (c *ChaCha8) AppendBinary(b []byte) ([]byte, error) {
	if len(c.rest) > 0 {
		b = append(append(append(b, "readbuf:"...), byte(len(c.rest))), c.rest...)
	}
	b = appendBigEndian(append(b, "chacha8:"...), uint64(int(c.counter)/chachaBlocks*len(c.words)+c.at))
	for _, x := range c.seed {
		b = appendLittleEndian(b, x)
	}
	return b, nil
}

func (c *ChaCha8) MarshalBinary() ([]byte, error) { return c.AppendBinary(nil) }

func (c *ChaCha8) UnmarshalBinary(data []byte) error {
	const head = "readbuf:"
	if len(data) >= len(head) && string(data[:len(head)]) == head {
		data = data[len(head):]
		if len(data) == 0 || len(data) < 1+int(data[0]) || data[0] > 8 {
			return errors.New("invalid ChaCha8 Read buffer encoding")
		}
		n := 1 + int(data[0])
		c.rest = append([]byte(nil), data[1:n]...)
		data = data[n:]
	}
	const most = chachaMost / chachaBlocks * 32
	if len(data) != 48 || string(data[:8]) != "chacha8:" || bigEndian(data[8:]) > most-chachaSeed {
		return errors.New("invalid ChaCha8 encoding")
	}
	used := int(bigEndian(data[8:]))
	for i := range c.seed {
		c.seed[i] = littleEndian(data[16+8*i:])
	}
	c.counter = uint32(used / len(c.words) * chachaBlocks)
	c.fill()
	c.at = used % len(c.words)
	return nil
}

func (p *PCG) AppendBinary(b []byte) ([]byte, error) {
	return appendBigEndian(appendBigEndian(append(b, "pcg:"...), p.hi), p.lo), nil
}

func (p *PCG) MarshalBinary() ([]byte, error) { return p.AppendBinary(nil) }

func (p *PCG) UnmarshalBinary(data []byte) error {
	if len(data) != 20 || string(data[:4]) != "pcg:" {
		return errors.New("invalid PCG encoding")
	}
	p.hi, p.lo = bigEndian(data[4:]), bigEndian(data[12:])
	return nil
}
