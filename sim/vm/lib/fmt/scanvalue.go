package fmt

import (
	"errors"
	"internal/value"
	"io"
	"strconv"
	"unicode"
	"unicode/utf8"
)

const (
	atEOF   = -1
	noLimit = 1 << 30
)

// scan reads one call's input.
type scan struct {
	in             io.RuneScanner
	newlineIsSpace bool
	untilNewline   bool
	ended          bool // nothing more is to be read
	limited        bool // the directive has a width
	width, left    int  // of the directive; characters it may still take
	token          []byte
}

// runeReader makes runes of bytes, reading no further than it must: a rune put back is lost with it.
type runeReader struct {
	r      io.Reader
	last   rune
	size   int
	unread bool
	more   []byte // bytes read beyond a broken character
}

func (r *runeReader) readByte() (byte, error) {
	if len(r.more) > 0 {
		c := r.more[0]
		r.more = r.more[1:]
		return c, nil
	}
	var b [1]byte
	n, err := io.ReadFull(r.r, b[:])
	if n != 1 {
		return 0, err
	}
	return b[0], nil
}

func (r *runeReader) ReadRune() (ch rune, size int, err error) {
	if r.unread {
		r.unread = false
		return r.last, r.size, nil
	}
	var b []byte
	for len(b) == 0 || !utf8.FullRune(b) {
		c, err := r.readByte()
		if err != nil {
			if len(b) > 0 && err == io.EOF {
				break
			}
			return 0, 0, err
		}
		b = append(b, c)
	}
	r.last, r.size = utf8.DecodeRune(b)
	r.more = append(r.more, b[r.size:]...)
	return r.last, r.size, nil
}

func (r *runeReader) UnreadRune() error {
	r.unread = true
	return nil
}

func (s *scan) Read(buf []byte) (n int, err error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

func (s *scan) ReadRune() (r rune, size int, err error) {
	if s.ended || s.left <= 0 {
		return 0, 0, io.EOF
	}
	r, size, err = s.in.ReadRune()
	if err == nil {
		s.left--
	}
	s.ended = err == io.EOF || err == nil && r == '\n' && s.untilNewline
	return r, size, err
}

func (s *scan) UnreadRune() error {
	s.left++
	s.ended = false
	return s.in.UnreadRune()
}

func (s *scan) Width() (wid int, ok bool) {
	if !s.limited {
		return 0, false
	}
	return s.width, true
}

func (s *scan) Token(skipSpace bool, f func(rune) bool) (tok []byte, err error) {
	defer catchScan(&err)
	if f == nil {
		f = func(r rune) bool { return !unicode.IsSpace(r) }
	}
	s.token = s.token[:0]
	if skipSpace {
		s.SkipSpace()
	}
	s.takeWhile(f)
	return s.token, nil
}

func (s *scan) get() rune {
	r, _, err := s.ReadRune()
	if err == io.EOF {
		return atEOF
	}
	if err != nil {
		panic(scanError{err})
	}
	return r
}

func (s *scan) must() rune {
	r := s.get()
	if r == atEOF {
		panic(scanError{io.ErrUnexpectedEOF})
	}
	return r
}

// need makes sure that there is more.
func (s *scan) need() {
	if s.get() == atEOF {
		panic(scanError{io.EOF})
	}
	s.UnreadRune()
}

func among(set string, r rune) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}

func (s *scan) peek(set string) bool {
	r := s.get()
	if r != atEOF {
		s.UnreadRune()
	}
	return among(set, r)
}

// skip takes a character of set, and drops it; accept keeps it in the token.
func (s *scan) skip(set string) (rune, bool) {
	r := s.get()
	if r == atEOF {
		return r, false
	}
	if !among(set, r) {
		s.UnreadRune()
		return r, false
	}
	return r, true
}

func (s *scan) accept(set string) bool {
	r, ok := s.skip(set)
	if ok {
		s.token = utf8.AppendRune(s.token, r)
	}
	return ok
}

func (s *scan) takeWhile(f func(rune) bool) {
	for {
		r := s.get()
		if r == atEOF {
			return
		}
		if !f(r) {
			s.UnreadRune()
			return
		}
		s.token = utf8.AppendRune(s.token, r)
	}
}

func (s *scan) SkipSpace() {
	for {
		r := s.get()
		switch {
		case r == atEOF:
			return
		case r == '\r' && s.peek("\n"):
		case r == '\n':
			if !s.newlineIsSpace {
				fail("unexpected newline")
			}
		case !unicode.IsSpace(r):
			s.UnreadRune()
			return
		}
	}
}

func checkVerb(verb rune, good, what string) {
	if !among(good, verb) {
		fail("bad verb '%" + string(verb) + "' for " + what)
	}
}

// one reads a value into what v points to.
func (s *scan) one(verb rune, v any) {
	s.token = s.token[:0]
	if own, ok := v.(Scanner); ok {
		if err := own.Scan(s, verb); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			panic(scanError{err})
		}
		return
	}
	if b, ok := v.(*[]byte); ok {
		*b = []byte(s.text(verb))
		return
	}
	t := value.TypeOf(v)
	if value.KindOf(t) != value.Pointer {
		fail("type not a pointer: " + value.TypeString(t))
	}
	switch k := value.KindOf(value.ElemType(t)); k {
	case value.Bool:
		value.SetWord(v, s.boolean(verb))
	case value.Int, value.Int8, value.Int16, value.Int32, value.Int64:
		value.SetWord(v, uint64(s.integer(verb, bitsOf(k))))
	case value.Uint, value.Uint8, value.Uint16, value.Uint32, value.Uint64, value.Uintptr:
		value.SetWord(v, s.unsigned(verb, bitsOf(k)))
	case value.Float32:
		value.SetFloat(v, s.float(verb, 32))
	case value.Float64:
		value.SetFloat(v, s.float(verb, 64))
	case value.String:
		value.SetString(v, s.text(verb))
	default:
		fail("can't scan type: " + value.TypeString(t))
	}
}

func bitsOf(k value.Kind) uint {
	switch k {
	case value.Int8, value.Uint8:
		return 8
	case value.Int16, value.Uint16:
		return 16
	case value.Int32, value.Uint32:
		return 32
	}
	return 64
}

func (s *scan) boolean(verb rune) uint64 {
	s.SkipSpace()
	s.need()
	checkVerb(verb, "tv", "boolean")
	switch s.get() {
	case '1':
		return 1
	case 't', 'T':
		if s.accept("rR") && (!s.accept("uU") || !s.accept("eE")) {
			fail("syntax error scanning boolean")
		}
		return 1
	case 'f', 'F':
		if s.accept("aA") && (!s.accept("lL") || !s.accept("sS") || !s.accept("eE")) {
			fail("syntax error scanning boolean")
		}
	}
	return 0
}

const (
	decimalDigits = "0123456789"
	hexaDigits    = "0123456789aAbBcCdDeEfF"
)

// digits reads a number's digits after its sign, and tells in which base they are (0: as a prefix says).
func (s *scan) digits(verb rune) (base int) {
	checkVerb(verb, "bdoUxXv", "integer")
	base, set, have := 10, decimalDigits, false
	switch verb {
	case 'b':
		base, set = 2, "01"
	case 'o':
		base, set = 8, "01234567"
	case 'x', 'X', 'U':
		base, set = 16, hexaDigits
	case 'v':
		base, set = 0, decimalDigits+"_"
		if s.accept("0") {
			have, set = true, "01234567_"
			switch {
			case s.accept("bB"):
				set = "01_"
			case s.accept("xX"):
				set = hexaDigits + "_"
			default:
				s.accept("oO")
			}
		}
	}
	if !have {
		s.need()
		if !s.accept(set) {
			fail("expected integer")
		}
	}
	for s.accept(set) {
	}
	return base
}

func (s *scan) unicodePrefix() {
	if _, ok := s.skip("U"); ok {
		if _, ok := s.skip("+"); ok {
			return
		}
	}
	fail("bad unicode format ")
}

// character is %c: one rune, spaces too.
func (s *scan) character(bits uint) int64 {
	s.need()
	r := int64(s.get())
	if r<<(64-bits)>>(64-bits) != r {
		fail("overflow on character value " + string(rune(r)))
	}
	return r
}

func (s *scan) integer(verb rune, bits uint) int64 {
	if verb == 'c' {
		return s.character(bits)
	}
	s.SkipSpace()
	s.need()
	checkVerb(verb, "bdoUxXv", "integer")
	if verb == 'U' {
		s.unicodePrefix()
	} else {
		s.accept("+-")
	}
	base := s.digits(verb)
	i, err := strconv.ParseInt(string(s.token), base, 64)
	if err != nil {
		panic(scanError{err})
	}
	if i<<(64-bits)>>(64-bits) != i {
		fail("integer overflow on token " + string(s.token))
	}
	return i
}

func (s *scan) unsigned(verb rune, bits uint) uint64 {
	if verb == 'c' {
		return uint64(s.character(bits))
	}
	s.SkipSpace()
	s.need()
	checkVerb(verb, "bdoUxXv", "integer")
	if verb == 'U' {
		s.unicodePrefix()
	}
	base := s.digits(verb)
	u, err := strconv.ParseUint(string(s.token), base, 64)
	if err != nil {
		panic(scanError{err})
	}
	if u<<(64-bits)>>(64-bits) != u {
		fail("unsigned integer overflow on token " + string(s.token))
	}
	return u
}

func (s *scan) float(verb rune, bits int) float64 {
	checkVerb(verb, "beEfFgGv", "float"+strconv.Itoa(bits))
	s.SkipSpace()
	s.need()
	s.floatToken()
	f, err := strconv.ParseFloat(string(s.token), bits)
	if err != nil {
		panic(scanError{err})
	}
	return f
}

func (s *scan) floatToken() {
	if s.accept("nN") && s.accept("aA") && s.accept("nN") {
		return
	}
	s.accept("+-")
	if s.accept("iI") && s.accept("nN") && s.accept("fF") {
		return
	}
	set, mark := decimalDigits+"_", "eEpP"
	if s.accept("0") && s.accept("xX") {
		set, mark = hexaDigits+"_", "pP"
	}
	for s.accept(set) {
	}
	if s.accept(".") {
		for s.accept(set) {
		}
	}
	if s.accept(mark) {
		s.accept("+-")
		for s.accept(decimalDigits + "_") {
		}
	}
}

func (s *scan) text(verb rune) string {
	checkVerb(verb, "svqxX", "string")
	s.SkipSpace()
	s.need()
	switch verb {
	case 'q':
		s.quotedText()
		text, err := strconv.Unquote(string(s.token))
		if err != nil {
			panic(scanError{err})
		}
		return text
	case 'x', 'X':
		return s.hexText()
	}
	s.takeWhile(func(r rune) bool { return !unicode.IsSpace(r) })
	return string(s.token)
}

func (s *scan) quotedText() {
	quote := s.get()
	if quote != '"' && quote != '`' {
		fail("expected quoted string")
	}
	s.token = append(s.token, byte(quote))
	for {
		r := s.must()
		s.token = utf8.AppendRune(s.token, r)
		if r == quote {
			return
		}
		if r == '\\' && quote == '"' {
			s.token = utf8.AppendRune(s.token, s.must())
		}
	}
}

func (s *scan) hexText() string {
	var out []byte
	for {
		hi, ok := s.skip(hexaDigits)
		if !ok {
			break
		}
		lo := s.must()
		if !among(hexaDigits, lo) {
			fail("illegal hex digit")
		}
		u, _ := strconv.ParseUint(string(hi)+string(lo), 16, 8)
		out = append(out, byte(u))
	}
	if len(out) == 0 {
		fail("no hex data for %x string")
	}
	return string(out)
}
