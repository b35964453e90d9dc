package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

func main() {
	ss := []string{"", "0", "-0", "+1", "1", "12a", "0x1F", "0X1f", "0b101", "0o17", "017", "1_000", "_1", "1__0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "255", "256", "-129", " 1", "1 ", "abc", "zz", "-", "+", "1e5", "1E-5", ".5", "5.", ".", "1e", "1e+", "inf", "-Inf", "+infinity", "nan", "NaN", "0x1p-2", "0x1.8p3", "0x.8", "1e400", "-1e400", "1e-400", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623157e308", "1.7976931348623159e308", "3.4028235e38", "3.4028236e38", "0.1", "123456789012345678901234567890", "1_2.3", "0x_1p1", "0b2", "0o8", "true", "TRUE", "True", "t", "T", "1.", "false", "F", "tRUE", "nul", "0x", "0b", "1.00000000000000011102230246251565", "179769313486231580793e289", "8.5e-46", "infi", "é", "\xff", "١"}
	for _, s := range ss {
		a, err := strconv.Atoi(s)
		fmt.Printf("%q Atoi %d %v\n", s, a, err)
		for _, base := range []int{0, 2, 8, 10, 16, 36, 1, 37} {
			for _, bits := range []int{0, 8, 16, 32, 64, 65} {
				i, e1 := strconv.ParseInt(s, base, bits)
				u, e2 := strconv.ParseUint(s, base, bits)
				fmt.Println(s, base, bits, i, e1, u, e2)
			}
		}
		for _, bits := range []int{32, 64} {
			f, err := strconv.ParseFloat(s, bits)
			fmt.Println(s, bits, math.Float64bits(f), f, err)
		}
		b, err := strconv.ParseBool(s)
		fmt.Println(s, b, err)
		var ne *strconv.NumError
		if errors.As(err, &ne) {
			fmt.Printf("%q %q %v %v\n", ne.Func, ne.Num, ne.Err == strconv.ErrSyntax, errors.Is(err, strconv.ErrSyntax))
		}
		u, err := strconv.Unquote(s)
		fmt.Printf("%q %v\n", u, err)
	}
	fl := []float64{0, math.Copysign(0, -1), 1, 0.1, 1.0 / 3, 123456.789, 1e21, 1e20, 123456789, 1e-5, 5e-324, math.MaxFloat64, math.Inf(1), math.NaN(), 0.000001, 2.5, 3.5, 0.5, 1.5, 1e23, 8.41e21, 9.999999, 99.95, 4.35, 1234567890123456789}
	for _, f := range fl {
		for _, c := range []byte("eEfgGbxX") {
			for _, p := range []int{-1, 0, 1, 2, 5, 17, 30} {
				fmt.Println(strconv.FormatFloat(f, c, p, 64), strconv.FormatFloat(f, c, p, 32))
			}
		}
	}
	fmt.Println(strconv.FormatFloat(1, 'z', 1, 64))
	qs := []string{"", "abc", "a\"b", "a'b", "a`b", "\n\t\r\a\b\f\v\\", "\x00\x1f\x7f", "é世", "\u00a0\u200b\ufeff", "\xff\xc3", "\U0010ffff\U0001F600", "\ufffd", "\u0378", "\u2028", "a b"}
	for _, q := range qs {
		fmt.Println(strconv.Quote(q), strconv.QuoteToASCII(q), strconv.QuoteToGraphic(q), strconv.CanBackquote(q))
		for _, w := range []string{strconv.Quote(q), "`" + q + "`", "'" + q + "'", "\"" + q + "\"", q + "x", "\"" + q} {
			u, err := strconv.Unquote(w)
			p, e2 := strconv.QuotedPrefix(w + "tail")
			fmt.Printf("%q -> %q %v %q %v\n", w, u, err, p, e2)
		}
		for _, r := range q {
			fmt.Println(strconv.QuoteRune(r), strconv.QuoteRuneToASCII(r), strconv.QuoteRuneToGraphic(r), strconv.IsPrint(r), strconv.IsGraphic(r))
		}
	}
	for _, w := range []string{`'\''`, `"\'"`, `'\"'`, `"\x41\101\u00e9\U0001F600"`, `"\400"`, `"\x4"`, `"\u12"`, `"\ud800"`, `'ab'`, `''`, `"\q"`, "`a\rb`", `"a` + "\n" + `"`, `'\x80'`, `"\x80"`, `'\u0000'`, `"\UFFFFFFFF"`} {
		u, err := strconv.Unquote(w)
		fmt.Printf("%q -> %q %v\n", w, u, err)
		v, mb, tail, err := strconv.UnquoteChar(w[1:], w[0])
		fmt.Printf("   %d %v %q %v\n", v, mb, tail, err)
	}
	for _, i := range []int64{0, 1, -1, 35, -36, math.MaxInt64, math.MinInt64, 1 << 40} {
		for _, b := range []int{2, 3, 8, 10, 16, 36} {
			fmt.Println(strconv.FormatInt(i, b), strconv.FormatUint(uint64(i), b), string(strconv.AppendInt([]byte("x"), i, b)))
		}
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		strconv.FormatInt(1, 1)
	}()
	fmt.Println(string(strconv.AppendQuote([]byte("p"), "q")), string(strconv.AppendBool(nil, true)), string(strconv.AppendFloat(nil, 1.5, 'g', -1, 64)), string(strconv.AppendQuoteRune(nil, 'x')), strconv.Itoa(-5), strconv.FormatBool(false))
	sum := uint64(0)
	for r := rune(0); r <= 0x10ffff; r++ {
		x := uint64(0)
		for i, b := range []bool{unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsNumber(r), unicode.IsSpace(r), unicode.IsUpper(r), unicode.IsLower(r), unicode.IsTitle(r), unicode.IsPunct(r), unicode.IsSymbol(r), unicode.IsControl(r), unicode.IsGraphic(r), unicode.IsPrint(r), unicode.IsMark(r), strconv.IsPrint(r), strconv.IsGraphic(r)} {
			if b {
				x |= 1 << i
			}
		}
		x = x<<20 ^ uint64(unicode.ToUpper(r))<<7 ^ uint64(unicode.ToLower(r))<<3 ^ uint64(unicode.ToTitle(r)) ^ uint64(utf8.RuneLen(r)+2)<<50
		sum = sum*31 + x
		if r%256 == 255 {
			fmt.Printf("%x %x\n", r, sum)
			sum = 0
		}
	}
}
