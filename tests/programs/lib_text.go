package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
)

func scanning() {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		fmt.Printf("%q\n", in.Text())
	}
	fmt.Println(in.Err())
	words := bufio.NewScanner(strings.NewReader(" the  quick\tbrown\nfox "))
	words.Split(bufio.ScanWords)
	for words.Scan() {
		fmt.Print(words.Text(), ".")
	}
	runes := bufio.NewScanner(strings.NewReader("h\xffé"))
	runes.Split(bufio.ScanRunes)
	for runes.Scan() {
		fmt.Printf("%q", runes.Text())
	}
	long := bufio.NewScanner(strings.NewReader(strings.Repeat("x", 100)))
	long.Buffer(make([]byte, 0, 10), 20)
	fmt.Println(long.Scan(), long.Err())
}

func buffering() {
	r := bufio.NewReaderSize(strings.NewReader("line one\nline two is longer than the buffer\nrest"), 16)
	s, err := r.ReadString('\n')
	fmt.Printf("%q %v\n", s, err)
	p, err := r.Peek(4)
	fmt.Printf("%q %v\n", p, err)
	line, prefix, err := r.ReadLine()
	fmt.Printf("%q %v %v\n", line, prefix, err)
	b, err := r.ReadBytes('\n')
	fmt.Printf("%q %v\n", b, err)
	c, _ := r.ReadByte()
	r.UnreadByte()
	ch, n, _ := r.ReadRune()
	fmt.Println(c, ch, n, r.UnreadRune(), r.Buffered())
	rest, err := io.ReadAll(r)
	fmt.Printf("%q %v\n", rest, err)
	var out bytes.Buffer
	w := bufio.NewWriterSize(&out, 8)
	fmt.Fprintf(w, "%s-%d", "hello", 42)
	w.WriteByte('!')
	fmt.Println(out.String(), w.Buffered(), w.Available())
	w.WriteRune('é')
	w.Flush()
	fmt.Println(out.String(), out.Len())
	buf := bytes.NewBufferString("abc def")
	word, err := buf.ReadString(' ')
	fmt.Printf("%q %v %q %v\n", word, err, buf.String(), buf.UnreadByte())
	buf.WriteString("ghi")
	fmt.Printf("%q %q\n", buf.Next(3), buf.Bytes())
	fmt.Println(bytes.Equal([]byte("a"), []byte("a")), bytes.Compare([]byte("a"), []byte("b")), bytes.Contains([]byte("abc"), []byte("bc")))
	fmt.Printf("%q %s %s\n", bytes.Split([]byte("a,b"), []byte(",")), bytes.ToUpper([]byte("x")), bytes.TrimSpace([]byte(" y ")))
	n64, err := io.Copy(&out, io.LimitReader(strings.NewReader("123456"), 4))
	fmt.Println(n64, err, out.String())
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through the pipe")
		pw.CloseWithError(errors.New("the end"))
	}()
	data, err := io.ReadAll(pr)
	fmt.Println(string(data), err)
	_, err = io.ReadFull(strings.NewReader("ab"), make([]byte, 3))
	fmt.Println(err, err == io.ErrUnexpectedEOF)
}

func converting() {
	for _, s := range []string{"12", "-7", "+5", "0x1f", "1_000", "", "abc", "9223372036854775808", "0b11"} {
		n, err := strconv.Atoi(s)
		m, err2 := strconv.ParseInt(s, 0, 16)
		u, err3 := strconv.ParseUint(s, 16, 64)
		fmt.Println(n, err, m, err2, u, err3)
	}
	for _, s := range []string{"1.5", "-1e10", "inf", "NaN", "0x1p-2", "1e400", "x", "1e", ".5", "1_0.5", "123456789012345678901234567890", "0x1.8p1"} {
		f, err := strconv.ParseFloat(s, 64)
		g, _ := strconv.ParseFloat(s, 32)
		fmt.Println(f, g, err)
	}
	for _, s := range []string{"true", "F", "yes"} {
		b, err := strconv.ParseBool(s)
		fmt.Println(b, err)
	}
	fmt.Println(strconv.Quote("hi\n\"é\x01\u200b😀"), strconv.QuoteToASCII("é😀"), strconv.QuoteRune('☺'), strconv.Itoa(-45), strconv.FormatInt(255, 2), strconv.FormatInt(-255, 36))
	for _, s := range []string{`"a\tb\u00e9"`, "`raw`", `'x'`, `"bad`, `'xy'`, `"\x41\101"`, `""`} {
		t, err := strconv.Unquote(s)
		fmt.Printf("%q %v\n", t, err)
	}
	fmt.Println(strconv.FormatFloat(1.0/3, 'e', 5, 64), strconv.FormatFloat(100, 'g', -1, 32), string(strconv.AppendInt([]byte("n="), 7, 10)))
	var e *strconv.NumError
	_, err := strconv.Atoi("zz")
	fmt.Println(errors.As(err, &e), e.Func, e.Num, errors.Is(err, strconv.ErrSyntax))
	for _, r := range "aÀ1 _$\u3000語" {
		fmt.Print(unicode.IsLetter(r), unicode.IsUpper(r), unicode.IsDigit(r), unicode.IsSpace(r), unicode.IsPunct(r), unicode.IsSymbol(r), unicode.IsPrint(r), string(unicode.ToLower(r)), ";")
	}
	fmt.Println()
}

func tables() {
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "name\tage\tcity")
	fmt.Fprintln(w, "Alice\t30\tParis")
	fmt.Fprintln(w, "Bob\t4\tNew York")
	fmt.Fprintln(w, "no tabs here, so the columns end")
	fmt.Fprintln(w, "x\ty\tz")
	w.Flush()
	w = tabwriter.NewWriter(os.Stdout, 5, 0, 1, '.', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(w, "a\tbbb\tc")
	fmt.Fprintln(w, "aaaaaaa\tb\tcccé\t")
	fmt.Fprintln(w, "\t\tend")
	w.Flush()
	w = tabwriter.NewWriter(os.Stdout, 8, 8, 1, '\t', tabwriter.TabIndent)
	fmt.Fprintf(w, "a\tb\n\tlonger than eight\tc\n")
	w.Flush()
}

func options() {
	f := flag.NewFlagSet("prog", flag.ContinueOnError)
	f.SetOutput(os.Stdout)
	n := f.Int("n", 5, "how `many`")
	v := f.Bool("v", false, "say more")
	name := f.String("name", "x", "the name")
	d := f.Duration("d", time.Second, "how long")
	fmt.Println(f.Parse([]string{"-n", "7", "-v", "--name=bob", "-d=2m", "rest", "-n"}), *n, *v, *name, *d, f.Args(), f.NFlag())
	fmt.Println(f.Parse([]string{"-n", "x"}))
	fmt.Println(f.Parse([]string{"-zzz"}))
	fmt.Println(f.Parse([]string{"-h"}) == flag.ErrHelp)
}

func logging() {
	l := log.New(os.Stdout, "app: ", log.Lmsgprefix)
	l.Println("started", 1)
	l.Printf("%d%%", 50)
	l.SetFlags(0)
	l.SetPrefix("[x] ")
	l.Print("no newline", 2, 3)
	defer func() { fmt.Println("recovered", recover()) }()
	l.Panicf("bad %s", "thing")
}

func main() {
	scanning()
	buffering()
	converting()
	tables()
	options()
	logging()
}

// input: first line
// input:
// input: third	line

// expect: "first line"
// expect: ""
// expect: "third\tline"
// expect: <nil>
// expect: the.quick.brown.fox."h""�""é"false bufio.Scanner: token too long
// expect: "line one\n" <nil>
// expect: "line" <nil>
// expect: "line two is long" true <nil>
// expect: "er than the buffer\n" <nil>
// expect: 114 114 1 <nil> 4
// expect: "rest" <nil>
// expect: hello-42 1 7
// expect: hello-42!é 11
// expect: "abc " <nil> "def" <nil>
// expect: " de" "fghi"
// expect: true -1 true
// expect: ["a" "b"] X y
// expect: 4 <nil> hello-42!é1234
// expect: through the pipe the end
// expect: unexpected EOF true
// expect: 12 <nil> 12 <nil> 18 <nil>
// expect: -7 <nil> -7 <nil> 0 strconv.ParseUint: parsing "-7": invalid syntax
// expect: 5 <nil> 5 <nil> 0 strconv.ParseUint: parsing "+5": invalid syntax
// expect: 0 strconv.Atoi: parsing "0x1f": invalid syntax 31 <nil> 0 strconv.ParseUint: parsing "0x1f": invalid syntax
// expect: 0 strconv.Atoi: parsing "1_000": invalid syntax 1000 <nil> 0 strconv.ParseUint: parsing "1_000": invalid syntax
// expect: 0 strconv.Atoi: parsing "": invalid syntax 0 strconv.ParseInt: parsing "": invalid syntax 0 strconv.ParseUint: parsing "": invalid syntax
// expect: 0 strconv.Atoi: parsing "abc": invalid syntax 0 strconv.ParseInt: parsing "abc": invalid syntax 2748 <nil>
// expect: 9223372036854775807 strconv.Atoi: parsing "9223372036854775808": value out of range 32767 strconv.ParseInt: parsing "9223372036854775808": value out of range 18446744073709551615 strconv.ParseUint: parsing "9223372036854775808": value out of range
// expect: 0 strconv.Atoi: parsing "0b11": invalid syntax 3 <nil> 2833 <nil>
// expect: 1.5 1.5 <nil>
// expect: -1e+10 -1e+10 <nil>
// expect: +Inf +Inf <nil>
// expect: NaN NaN <nil>
// expect: 0.25 0.25 <nil>
// expect: +Inf +Inf strconv.ParseFloat: parsing "1e400": value out of range
// expect: 0 0 strconv.ParseFloat: parsing "x": invalid syntax
// expect: 0 0 strconv.ParseFloat: parsing "1e": invalid syntax
// expect: 0.5 0.5 <nil>
// expect: 10.5 10.5 <nil>
// expect: 1.2345678901234568e+29 1.2345678918272927e+29 <nil>
// expect: 3 3 <nil>
// expect: true <nil>
// expect: false <nil>
// expect: false strconv.ParseBool: parsing "yes": invalid syntax
// expect: "hi\n\"é\x01\u200b😀" "\u00e9\U0001f600" '☺' -45 11111111 -73
// expect: "a\tbé" <nil>
// expect: "raw" <nil>
// expect: "x" <nil>
// expect: "" invalid syntax
// expect: "" invalid syntax
// expect: "AA" <nil>
// expect: "" <nil>
// expect: 3.33333e-01 100 n=7
// expect: true Atoi zz true
// expect: true false false false false false truea;true true false false false false trueà;false false true false false false true1;false false false true false false true ;false false false false true false true_;false false false false false true true$;false false false true false false false　;true false false false false false true語;
// expect: name   age  city
// expect: Alice  30   Paris
// expect: Bob    4    New York
// expect: no tabs here, so the columns end
// expect: x  y  z
// expect: .......a|..bbb|c
// expect: .aaaaaaa|....b|.cccé|
// expect: ........|.....|end
// expect: a	b
// expect: 	longer than eight	c
// expect: <nil> 7 true bob 2m0s [rest -n] 4
// expect: invalid value "x" for flag -n: parse error
// expect: Usage of prog:
// expect:   -d duration
// expect:     	how long (default 1s)
// expect:   -n many
// expect:     	how many (default 5)
// expect:   -name string
// expect:     	the name (default "x")
// expect:   -v	say more
// expect: invalid value "x" for flag -n: parse error
// expect: flag provided but not defined: -zzz
// expect: Usage of prog:
// expect:   -d duration
// expect:     	how long (default 1s)
// expect:   -n many
// expect:     	how many (default 5)
// expect:   -name string
// expect:     	the name (default "x")
// expect:   -v	say more
// expect: flag provided but not defined: -zzz
// expect: Usage of prog:
// expect:   -d duration
// expect:     	how long (default 1s)
// expect:   -n many
// expect:     	how many (default 5)
// expect:   -name string
// expect:     	the name (default "x")
// expect:   -v	say more
// expect: true
// expect: app: started 1
// expect: app: 50%
// expect: [x] no newline2 3
// expect: [x] bad thing
// expect: recovered bad thing
