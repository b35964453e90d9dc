package iter

import "runtime"

// A coroutine runs an iterator in a goroutine of its own, which goes on only while its other side waits. What the
// iterator panics with, and that it ended by runtime.Goexit, comes out where next or stop was called.
type coroutine struct {
	resume  chan bool // to the iterator: true for the next value, false to stop
	back    chan struct{}
	started bool
	running bool
	done    bool
	exited  bool // by Goexit
	panics  bool
	value   any // of the panic
}

func newCoroutine() *coroutine { return &coroutine{resume: make(chan bool), back: make(chan struct{})} }

// run is the goroutine; seq goes through the iterator.
func (c *coroutine) run(seq func()) {
	<-c.resume
	returned := false
	defer func() {
		if !returned {
			c.value = recover()
			c.panics = c.value != nil
			c.exited = !c.panics
		}
		c.done = true
		close(c.back)
	}()
	seq()
	returned = true
}

// yield gives a value back, and tells whether another is wanted.
func (c *coroutine) yield() bool {
	c.back <- struct{}{}
	return <-c.resume
}

// step lets the iterator run to its next value, or to its end.
func (c *coroutine) step(more bool) {
	if c.running {
		if more {
			panic("iter.Pull: next called again before yield")
		}
		panic("iter.Pull: stop called again before yield")
	}
	c.running = true
	c.resume <- more
	<-c.back
	c.running = false
	if c.panics {
		c.panics = false
		panic(c.value)
	}
	if c.exited {
		c.exited = false
		runtime.Goexit()
	}
}

// Pull turns an iterator into two functions: next gives its values one by one, stop ends it early.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	var v V
	var ok bool
	c := newCoroutine()
	begin := func() {
		c.started = true
		go c.run(func() {
			seq(func(x V) bool {
				if c.done {
					return false
				}
				v, ok = x, true
				return c.yield()
			})
		})
	}
	next = func() (x V, given bool) {
		if c.done {
			return
		}
		if !c.started {
			begin()
		}
		ok = false
		c.step(true)
		if !ok {
			return
		}
		var none V
		x, v = v, none
		return x, true
	}
	stop = func() {
		if c.done {
			return
		}
		if !c.started {
			c.done = true
			return
		}
		c.done = true
		c.step(false)
	}
	return next, stop
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	type pair struct {
		k K
		v V
	}
	n, s := Pull(func(yield func(pair) bool) {
		seq(func(k K, v V) bool { return yield(pair{k, v}) })
	})
	return func() (K, V, bool) {
		p, ok := n()
		return p.k, p.v, ok
	}, s
}
