package main

import (
	"fmt"
	"strings"
	"sync"
)

type Matrix [][]float64

func NewMatrix(r, c int) Matrix {
	m := make(Matrix, r)
	for i := range m {
		m[i] = make([]float64, c)
	}
	return m
}

func (a Matrix) Mul(b Matrix) (Matrix, error) {
	if len(a[0]) != len(b) {
		return nil, fmt.Errorf("dimension mismatch: %dx%d * %dx%d", len(a), len(a[0]), len(b), len(b[0]))
	}
	out := NewMatrix(len(a), len(b[0]))
	var wg sync.WaitGroup
	for i := range a {
		wg.Go(func() {
			for j := range b[0] {
				for k := range b {
					out[i][j] += a[i][k] * b[k][j]
				}
			}
		})
	}
	wg.Wait()
	return out, nil
}
func (a Matrix) String() string {
	var sb strings.Builder
	for _, row := range a {
		for j, v := range row {
			if j > 0 {
				sb.WriteByte(' ')
			}
			fmt.Fprintf(&sb, "%6.2f", v)
		}
		sb.WriteRune('\n')
	}
	return sb.String()
}

type Grid [3][4]int

func (g *Grid) Set(r, c, v int) { g[r][c] = v }

func main() {
	a := Matrix{{1, 2}, {3, 4}, {5, 6}}
	b := Matrix{{1, 0, 2}, {0, 1, -1}}
	c, err := a.Mul(b)
	fmt.Print(c, err, "\n")
	_, err = a.Mul(a)
	fmt.Println(err)
	var g Grid
	g.Set(1, 2, 7)
	h := g
	h[0][0] = 1
	fmt.Println(g, h, g == h, len(g), len(g[0]))
	fmt.Printf("%v %d %x\n", g, g, g)
	for i, row := range g {
		for j := range row {
			row[j] = i * j
		}
		fmt.Print(row)
	}
	fmt.Println(g[1][2])
	p := &g
	for i := range p {
		p[i][0]++
	}
	fmt.Println(*p, cap(p[0][1:3]), p[0][1:3:3])
}
