package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
)

type parser struct {
	toks []string
	pos  int
}

func tokenize(s string) (toks []string, err error) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == ' ':
			i++
		case strings.ContainsRune("+-*/()^%", rune(c)):
			toks = append(toks, string(c))
			i++
		case c >= '0' && c <= '9' || c == '.':
			j := i
			for j < len(s) && (s[j] >= '0' && s[j] <= '9' || s[j] == '.') {
				j++
			}
			toks = append(toks, s[i:j])
			i = j
		default:
			return nil, fmt.Errorf("unexpected %q at %d", c, i)
		}
	}
	return
}
func (p *parser) peek() string {
	if p.pos < len(p.toks) {
		return p.toks[p.pos]
	}
	return ""
}
func (p *parser) expr() float64 {
	v := p.term()
	for {
		switch p.peek() {
		case "+":
			p.pos++
			v += p.term()
		case "-":
			p.pos++
			v -= p.term()
		default:
			return v
		}
	}
}
func (p *parser) term() float64 {
	v := p.factor()
	for {
		switch p.peek() {
		case "*":
			p.pos++
			v *= p.factor()
		case "/":
			p.pos++
			d := p.factor()
			if d == 0 {
				panic(errors.New("division by zero"))
			}
			v /= d
		case "%":
			p.pos++
			v = math.Mod(v, p.factor())
		default:
			return v
		}
	}
}
func (p *parser) factor() float64 {
	switch t := p.peek(); t {
	case "-":
		p.pos++
		return -p.factor()
	case "(":
		p.pos++
		v := p.expr()
		if p.peek() != ")" {
			panic(fmt.Errorf("missing )"))
		}
		p.pos++
		return p.pow(v)
	case "":
		panic(errors.New("unexpected end"))
	default:
		p.pos++
		v, err := strconv.ParseFloat(t, 64)
		if err != nil {
			panic(err)
		}
		return p.pow(v)
	}
}
func (p *parser) pow(b float64) float64 {
	if p.peek() == "^" {
		p.pos++
		return math.Pow(b, p.factor())
	}
	return b
}
func eval(s string) (v float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				err = e
				return
			}
			panic(r)
		}
	}()
	toks, err := tokenize(s)
	if err != nil {
		return 0, err
	}
	p := &parser{toks: toks}
	v = p.expr()
	if p.pos != len(toks) {
		return v, fmt.Errorf("trailing %v", toks[p.pos:])
	}
	return
}

func main() {
	r := bufio.NewReader(os.Stdin)
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for n := 1; ; n++ {
		line, err := r.ReadString('\n')
		line = strings.TrimSpace(line)
		if line != "" {
			v, e := eval(line)
			if e != nil {
				fmt.Fprintf(w, "%d: error: %v\n", n, e)
			} else {
				fmt.Fprintf(w, "%d: %s = %v\n", n, line, v)
			}
		}
		if err == io.EOF {
			break
		}
	}
}

// input: 1 + 2 * 3
// input: (1+2)*3 - -4
// input: 2^3^2
// input: 10 / 4 % 2
// input: 1/0
// input: 1.2.3
// input: (1
// input: 2 $ 3
// input: 7 7
// input: 1e3
// input: 1/3
// input: 100000000*100000000*100000000
