package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
)

type celsius float64
type pair struct{ a, b int }

func (p *pair) Scan(state fmt.ScanState, verb rune) error {
	tok, err := state.Token(true, func(r rune) bool { return r != ';' })
	if err != nil {
		return err
	}
	if len(tok) == 0 {
		return errors.New("no pair")
	}
	state.ReadRune()
	_, err = fmt.Sscanf(string(tok), "%d,%d", &p.a, &p.b)
	return err
}

func scan(text string, targets ...any) {
	n, err := fmt.Sscan(text, targets...)
	show("scan", text, n, err, targets)
}

func scanln(text string, targets ...any) {
	n, err := fmt.Sscanln(text, targets...)
	show("scanln", text, n, err, targets)
}

func scanf(format, text string, targets ...any) {
	n, err := fmt.Sscanf(text, format, targets...)
	show(format, text, n, err, targets)
}

func show(how, text string, n int, err error, targets []any) {
	fmt.Printf("%q %q: %d %v", how, text, n, err)
	for _, t := range targets {
		switch p := t.(type) {
		case *int:
			fmt.Printf(" %d", *p)
		case *int8:
			fmt.Printf(" %d", *p)
		case *uint16:
			fmt.Printf(" %d", *p)
		case *string:
			fmt.Printf(" %q", *p)
		case *float64:
			fmt.Printf(" %v", *p)
		case *float32:
			fmt.Printf(" %v", *p)
		case *bool:
			fmt.Printf(" %v", *p)
		case *rune:
			fmt.Printf(" %q", *p)
		case *celsius:
			fmt.Printf(" %v", *p)
		case *[]byte:
			fmt.Printf(" %q", *p)
		case *pair:
			fmt.Printf(" %v", *p)
		}
	}
	fmt.Println()
}

func main() {
	var i, j int
	var small int8
	var u uint16
	var s, t string
	var f float64
	var g float32
	var b bool
	var r rune
	var c celsius
	var bytes []byte
	var p pair
	scan("12 -7", &i, &j)
	scan("12\n\n  34", &i, &j)
	scan("0x1f 0b101 ", &i, &j)
	scan("1_000 017", &i, &j)
	scan("abc def", &s, &t)
	scan("5", &i, &j)
	scan("", &i)
	scan("   ", &s)
	scan("x", &i)
	scan("300", &small)
	scan("-1", &u)
	scan("3.25 1e-3 inf", &f, &g, &f)
	scan("true F 1", &b, &b, &b)
	scan("trap", &b)
	scan("36.6", &c)
	scan("hello", &bytes)
	scan("3,4; 5", &p, &i)
	scan("9", i)
	scan("9", &struct{}{})
	scanln("1 2", &i, &j)
	scanln("1 2\n3", &i, &j)
	scanln("1\n2", &i, &j)
	scanln("1 2 3", &i, &j)
	scanln("", &i)
	scanln("\n", &i)
	scanf("%d-%d", "10-20", &i, &j)
	scanf("%d %d", "10   20", &i, &j)
	scanf("%d,%s", "10,abc def", &i, &s)
	scanf("%2d%3d", "12345678", &i, &j)
	scanf("%x %o %b", "ff 17 101", &i, &j, &u)
	scanf("%c%c", "é ", &r, &r)
	scanf("%q %q", "\"a\\tb\" `raw`", &s, &t)
	scanf("%5s|", "abcdefg|", &s)
	scanf("%v%%", "50%", &i)
	scanf("%d:%d", "1;2", &i, &j)
	scanf("%d", "1 2", &i, &j)
	scanf("%d %d", "1 2", &i)
	scanf("age %d\n", "age 7\n", &i)
	scanf("%t %e", "true 2.5", &b, &f)
	scanf("%X", "4a4B", &s)
	scanf("%U", "U+263A", &i)
	scanf("%s", "7", &i)
	scanf("%d", "\n7", &i)
	scanf("%3d", "  77", &i)
	scanf("%d %", "7", &i)
	in := bufio.NewReader(os.Stdin)
	fmt.Fscan(in, &i, &s)
	fmt.Println(i, s)
	line, err := in.ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	n, err := fmt.Fscanln(in, &s, &t)
	fmt.Println(n, err, s, t)
	for {
		if _, err := fmt.Fscan(in, &i); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(i)
	}
	two := strings.NewReader("1 2 3")
	fmt.Fscan(two, &i)
	fmt.Fscan(two, &j)
	fmt.Println(i, j, two.Len())
}

// input: 42 word rest
// input: first second
// input: 7
// input: 8 9

// expect: "scan" "12 -7": 2 <nil> 12 -7
// expect: "scan" "12\n\n  34": 2 <nil> 12 34
// expect: "scan" "0x1f 0b101 ": 2 <nil> 31 5
// expect: "scan" "1_000 017": 2 <nil> 1000 15
// expect: "scan" "abc def": 2 <nil> "abc" "def"
// expect: "scan" "5": 1 EOF 5 15
// expect: "scan" "": 0 EOF 5
// expect: "scan" "   ": 0 EOF "abc"
// expect: "scan" "x": 0 expected integer 5
// expect: "scan" "300": 0 integer overflow on token 300 0
// expect: "scan" "-1": 0 expected integer 0
// expect: "scan" "3.25 1e-3 inf": 3 <nil> +Inf 0.001 +Inf
// expect: "scan" "true F 1": 3 <nil> true true true
// expect: "scan" "trap": 0 syntax error scanning boolean true
// expect: "scan" "36.6": 1 <nil> 36.6
// expect: "scan" "hello": 1 <nil> "hello"
// expect: "scan" "3,4; 5": 2 <nil> {3 4} 5
// expect: "scan" "9": 0 type not a pointer: int
// expect: "scan" "9": 0 can't scan type: *struct {}
// expect: "scanln" "1 2": 2 <nil> 1 2
// expect: "scanln" "1 2\n3": 2 <nil> 1 2
// expect: "scanln" "1\n2": 1 unexpected newline 1 2
// expect: "scanln" "1 2 3": 2 expected newline 1 2
// expect: "scanln" "": 0 EOF 1
// expect: "scanln" "\n": 0 unexpected newline 1
// expect: "%d-%d" "10-20": 2 <nil> 10 20
// expect: "%d %d" "10   20": 2 <nil> 10 20
// expect: "%d,%s" "10,abc def": 2 <nil> 10 "abc"
// expect: "%2d%3d" "12345678": 2 <nil> 12 345
// expect: "%x %o %b" "ff 17 101": 3 <nil> 255 15 5
// expect: "%c%c" "é ": 2 <nil> ' ' ' '
// expect: "%q %q" "\"a\\tb\" `raw`": 2 <nil> "a\tb" "raw"
// expect: "%5s|" "abcdefg|": 1 input does not match format "abcde"
// expect: "%v%%" "50%": 1 <nil> 50
// expect: "%d:%d" "1;2": 1 input does not match format 1 15
// expect: "%d" "1 2": 1 too many operands 1 15
// expect: "%d %d" "1 2": 1 too few operands for format '%d' 1
// expect: "age %d\n" "age 7\n": 1 <nil> 7
// expect: "%t %e" "true 2.5": 2 <nil> true 2.5
// expect: "%X" "4a4B": 1 <nil> "JK"
// expect: "%U" "U+263A": 1 <nil> 9786
// expect: "%s" "7": 0 bad verb '%s' for integer 9786
// expect: "%d" "\n7": 0 unexpected newline 9786
// expect: "%3d" "  77": 1 <nil> 77
// expect: "%d %" "7": 1 missing verb: % at end of format string 7
// expect: 42 word
// expect: " rest\n" <nil>
// expect: 2 <nil> first second
// expect: 7
// expect: 8
// expect: 9
// expect: EOF
// expect: 1 2 2
