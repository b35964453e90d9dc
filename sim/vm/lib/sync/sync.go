// Package sync has locks and the like. What waits is the scheduler's (the words here are its rt_sync_* structs);
// what can be said on top of that is said here.
package sync

import "sync/atomic"

type Locker interface {
	Lock()
	Unlock()
}

type Mutex struct {
	state uint64
	sema  uint64
}

type RWMutex struct {
	w                                             Mutex
	writerSem, readerSem, readerCount, readerWait uint64
}

type rlocker struct{ rw *RWMutex }

func (r rlocker) Lock()   { r.rw.RLock() }
func (r rlocker) Unlock() { r.rw.RUnlock() }

// RLocker is a Locker whose Lock is RLock.
func (rw *RWMutex) RLocker() Locker { return rlocker{rw} }

type WaitGroup struct {
	state uint64
	sema  uint64
}

func (wg *WaitGroup) Done() { wg.Add(-1) }

// Go runs f in a new goroutine of the group. A panic in f is not swallowed, and does not count as done.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				panic(r)
			}
			wg.Done()
		}()
		f()
	}()
}

type notifyList struct {
	waiting, notified, lock, head uint64
}

type Cond struct {
	L      Locker
	notify notifyList
}

func NewCond(l Locker) *Cond { return &Cond{L: l} }

func (c *Cond) Wait() {
	ticket := c.notify.add()
	c.L.Unlock()
	c.notify.wait(ticket)
	c.L.Lock()
}

func (c *Cond) Signal() { c.notify.notifyOne() }

func (c *Cond) Broadcast() { c.notify.notifyAll() }

type Once struct {
	done atomic.Uint32
	m    Mutex
}

func (o *Once) Do(f func()) {
	if o.done.Load() == 0 {
		o.slow(f)
	}
}

func (o *Once) slow(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if o.done.Load() != 0 {
		return
	}
	defer o.done.Store(1) // also when f panics
	f()
}
