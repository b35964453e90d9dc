// Package signal hands signals that come from outside to the program's channels.
package signal

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
)

const last = 63

// handler is what one channel wants.
type handler struct{ wants [last + 1]bool }

var (
	mu       sync.Mutex
	handlers = map[chan<- os.Signal]*handler{}
	users    [last + 1]int // channels that want a signal
	started  bool
)

// number is a signal's, or -1 for what no signal of this system is.
func number(sig os.Signal) int {
	s, ok := sig.(syscall.Signal)
	if !ok || s < 0 || s > last {
		return -1
	}
	return int(s)
}

// each calls f for the signals named, or for all.
func each(sigs []os.Signal, f func(n int)) {
	if len(sigs) == 0 {
		for n := 1; n <= last; n++ {
			f(n)
		}
		return
	}
	for _, s := range sigs {
		if n := number(s); n > 0 {
			f(n)
		}
	}
}

func loop() {
	for {
		deliver(syscall.Signal(recv()))
	}
}

// deliver sends without waiting: who has no room misses it.
func deliver(sig os.Signal) {
	n := number(sig)
	if n < 0 {
		return
	}
	mu.Lock()
	defer mu.Unlock()
	for c, h := range handlers {
		if h.wants[n] {
			select {
			case c <- sig:
			default:
			}
		}
	}
}

func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	mu.Lock()
	defer mu.Unlock()
	h := handlers[c]
	if h == nil {
		h = new(handler)
		handlers[c] = h
	}
	each(sig, func(n int) {
		if h.wants[n] {
			return
		}
		h.wants[n] = true
		users[n]++
		if users[n] == 1 {
			use(n, useNotify)
			if !started {
				started = true
				go loop()
			}
		}
	})
}

// drop takes a signal from a channel.
func (h *handler) drop(n int) {
	if !h.wants[n] {
		return
	}
	h.wants[n] = false
	users[n]--
	if users[n] == 0 {
		use(n, useDefault)
	}
}

func Stop(c chan<- os.Signal) {
	mu.Lock()
	defer mu.Unlock()
	if h := handlers[c]; h != nil {
		delete(handlers, c)
		each(nil, h.drop)
	}
}

// cancel takes the signals from all channels.
func cancel(sigs []os.Signal, how int) {
	mu.Lock()
	defer mu.Unlock()
	each(sigs, func(n int) {
		for _, h := range handlers {
			h.drop(n)
		}
		use(n, how)
	})
}

func Ignore(sig ...os.Signal) { cancel(sig, useIgnore) }

func Reset(sig ...os.Signal) { cancel(sig, useDefault) }

func Ignored(sig os.Signal) bool {
	n := number(sig)
	return n > 0 && isIgnored(n)
}

// signalError is the cause of a context that a signal ended.
type signalError string

func (s signalError) Error() string { return string(s) }

func (s signalError) Is(target error) bool { return target == context.Canceled }

type signalContext struct {
	context.Context
	cancel context.CancelCauseFunc
	sigs   []os.Signal
	ch     chan os.Signal
}

func (c *signalContext) stop() {
	c.cancel(nil)
	Stop(c.ch)
}

func (c *signalContext) String() string {
	text := "signal.NotifyContext("
	if p, ok := c.Context.(interface{ String() string }); ok {
		text += strings.TrimSuffix(p.String(), ".WithCancel")
	}
	for i, s := range c.sigs {
		if i == 0 {
			text += ", ["
		} else {
			text += " "
		}
		text += s.String()
	}
	if len(c.sigs) > 0 {
		text += "]"
	}
	return text + ")"
}

func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc) {
	inner, cancel := context.WithCancelCause(parent)
	c := &signalContext{Context: inner, cancel: cancel, sigs: slices.Clone(signals), ch: make(chan os.Signal, 1)}
	Notify(c.ch, c.sigs...)
	if inner.Err() == nil {
		go func() {
			select {
			case s := <-c.ch:
				c.cancel(signalError(s.String() + " signal received"))
			case <-c.Done():
			}
		}()
	}
	return c, c.stop
}
