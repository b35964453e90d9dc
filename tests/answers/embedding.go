package main

import (
	"fmt"
	"strings"
	"sync"
)

type Animal interface {
	Sound() string
	Named
}
type Named interface{ Name() string }
type base struct{ name string }

func (b *base) Name() string    { return b.name }
func (b *base) Rename(s string) { b.name = s }

type Dog struct {
	*base
	breed string
}

func (Dog) Sound() string { return "Woof" }

type Puppy struct {
	Dog
	age int
}

func (p Puppy) Sound() string { return strings.ToLower(p.Dog.Sound()) + "!" }

type Logger struct {
	prefix string
	lines  []string
}

func (l *Logger) Log(f string, a ...any) { l.lines = append(l.lines, l.prefix+fmt.Sprintf(f, a...)) }

type Service struct {
	Logger
	sync.Mutex
	Config struct {
		Host string
		Port int
	}
	tags map[string]struct{}
}
type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	_
	Thursday
)

func (d Weekday) String() string {
	switch d {
	case Sunday:
		return "Sun"
	case Monday:
		return "Mon"
	}
	return fmt.Sprintf("Weekday(%d)", int(d))
}

type ByteSize float64

const (
	_           = iota
	KB ByteSize = 1 << (10 * iota)
	MB
	GB
)

func (b ByteSize) String() string {
	switch {
	case b >= GB:
		return fmt.Sprintf("%.2fGB", b/GB)
	case b >= MB:
		return fmt.Sprintf("%.2fMB", b/MB)
	case b >= KB:
		return fmt.Sprintf("%.2fKB", b/KB)
	}
	return fmt.Sprintf("%.2fB", b)
}

type point struct{ x, y int }

func (p point) String() string   { return fmt.Sprintf("(%d,%d)", p.x, p.y) }
func (p point) GoString() string { return "point!" }

type T struct {
	A int
	B *point
	C []point
	D map[string]point
	E any
	F func()
	G chan int
	H error
	I Weekday
	j [2]bool
}

func main() {
	p := Puppy{Dog{&base{"Rex"}, "lab"}, 1}
	p.Rename("Max")
	var as = []Animal{p, &p, p.Dog}
	for _, a := range as {
		fmt.Println(a.Name(), a.Sound())
	}
	s := Service{Logger: Logger{prefix: "> "}}
	s.Config.Host = "localhost"
	s.Lock()
	s.Log("hello %s:%d", s.Config.Host, s.Config.Port)
	s.Unlock()
	fmt.Println(s.lines, len(s.tags))
	fmt.Printf("%v %+v\n", s.Config, s.Config)
	fmt.Println(Monday, Thursday, []Weekday{0, 1, 2}, map[Weekday]int{Monday: 1})
	fmt.Printf("%d %v %s %x %q %T\n", Monday, Monday, Monday, Monday, Monday, Monday)
	fmt.Println(ByteSize(1500), 3*MB, ByteSize(5e9))
	t := T{A: 1, B: &point{1, 2}, C: []point{{3, 4}}, D: map[string]point{"k": {5, 6}}, E: point{7, 8}, I: 2}
	fmt.Printf("%v\n", t.C)
	t.B = nil
	fmt.Printf("%v\n%+v\n%#v\n", t, t, t)
	type local struct{ point }
	fmt.Println(local{point{1, 2}})
	fmt.Printf("%v %+v %#v %s\n", &local{}, struct{ P *int }{}, []any{1, "a", nil, 2.5, 'x'}, []string{"a b", "c"})
	var n Named = &base{"q"}
	_, ok := n.(Animal)
	fmt.Println(ok)
}
