package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type Limiter struct {
	tokens chan struct{}
	stop   chan struct{}
	wg     sync.WaitGroup
}

func NewLimiter(burst int, every time.Duration) *Limiter {
	l := &Limiter{tokens: make(chan struct{}, burst), stop: make(chan struct{})}
	for range burst {
		l.tokens <- struct{}{}
	}
	l.wg.Add(1)
	go func() {
		defer l.wg.Done()
		t := time.NewTicker(every)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				select {
				case l.tokens <- struct{}{}:
				default:
				}
			case <-l.stop:
				return
			}
		}
	}()
	return l
}
func (l *Limiter) Allow() bool {
	select {
	case <-l.tokens:
		return true
	default:
		return false
	}
}
func (l *Limiter) Wait(ctx context.Context) error {
	select {
	case <-l.tokens:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
func (l *Limiter) Close() { close(l.stop); l.wg.Wait() }

func main() {
	start := time.Now()
	l := NewLimiter(1, 20*time.Millisecond)
	fmt.Println(l.Allow(), l.Wait(context.Background()))
	fmt.Println(time.Since(start) >= 20*time.Millisecond)
	l.Close()
	l = NewLimiter(3, time.Hour) // gives no more
	got := []bool{}
	for range 5 {
		got = append(got, l.Allow())
	}
	fmt.Println(got)
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	fmt.Println(l.Wait(ctx))
	l.Close()
	fmt.Println("closed")
	timer := time.NewTimer(time.Hour)
	fmt.Println(timer.Stop(), timer.Stop(), timer.Reset(time.Millisecond))
	<-timer.C
	n := 0
	tk := time.NewTicker(2 * time.Millisecond)
	for range tk.C {
		n++
		if n == 3 {
			tk.Stop()
			break
		}
	}
	fmt.Println(n)
	done := make(chan bool)
	time.AfterFunc(time.Millisecond, func() { done <- true })
	fmt.Println(<-done)
	select {
	case <-time.After(5 * time.Millisecond):
		fmt.Println("timeout")
	case <-make(chan int):
	}
}
