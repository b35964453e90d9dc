package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"time"
)

type dur int

func (d dur) String() string { return "dur!" }

type tp struct{ n int }

func (t *tp) ok() bool { return t == nil }
func (t *tp) val() int { return t.n }
func deep(n int) {
	if n == 0 {
		var p *tp
		p.n = 1
	}
	deep(n - 1)
}
func safe(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v (%T)", r, r)
		}
	}()
	f()
	return nil
}

var _ = errors.New
var _ = log.Println
var _ = os.Exit
var _ = runtime.GC
var _ sync.Mutex
var _ = time.Now

func main() {
	time.AfterFunc(time.Millisecond, func() { panic("in timer") })
	time.Sleep(time.Hour)
}
