package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

type Group struct {
	wg     sync.WaitGroup
	once   sync.Once
	err    error
	cancel context.CancelFunc
	sem    chan struct{}
}

func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &Group{cancel: cancel}, ctx
}
func (g *Group) SetLimit(n int) { g.sem = make(chan struct{}, n) }
func (g *Group) Go(f func() error) {
	if g.sem != nil {
		g.sem <- struct{}{}
	}
	g.wg.Add(1)
	go func() {
		defer func() {
			if g.sem != nil {
				<-g.sem
			}
			g.wg.Done()
		}()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel()
				}
			})
		}
	}()
}
func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel()
	}
	return g.err
}

type NotFound struct{ Name string }

func (e *NotFound) Error() string { return "not found: " + e.Name }

func main() {
	g, ctx := WithContext(context.Background())
	g.SetLimit(2)
	var n atomic.Int32
	for i := range 6 {
		g.Go(func() error {
			if i == 3 {
				return fmt.Errorf("task %d: %w", i, &NotFound{"x.txt"})
			}
			n.Add(1)
			return nil
		})
	}
	err := g.Wait()
	var nf *NotFound
	fmt.Println(err, errors.As(err, &nf), nf.Name, ctx.Err(), n.Load())
	j := errors.Join(err, errors.New("second"), nil, fmt.Errorf("third: %w and %w", os.ErrNotExist, io.EOF))
	fmt.Println(j)
	fmt.Println(errors.Is(j, io.EOF), errors.Is(j, fs), errors.Unwrap(j) == nil)
	fmt.Printf("%q\n", j.Error())
	fmt.Printf("%v %+v %T\n", nf, nf, err)
}

var fs = os.ErrExist
