// Package context carries deadlines, cancellation and values along calls.
package context

import (
	"errors"
	"internal/value"
	"sync"
	"time"
)

type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

type CancelFunc func()

type CancelCauseFunc func(cause error)

var Canceled = errors.New("context canceled")

type deadlineExceededError struct{}

var DeadlineExceeded error = deadlineExceededError{}

func (deadlineExceededError) Error() string { return "context deadline exceeded" }

func (deadlineExceededError) Timeout() bool { return true }

func (deadlineExceededError) Temporary() bool { return true }

type emptyCtx struct{}

func (emptyCtx) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }

func (emptyCtx) Done() <-chan struct{} { return nil }

func (emptyCtx) Err() error { return nil }

func (emptyCtx) Value(key any) any { return nil }

type backgroundCtx struct{ emptyCtx }

func (backgroundCtx) String() string { return "context.Background" }

type todoCtx struct{ emptyCtx }

func (todoCtx) String() string { return "context.TODO" }

func Background() Context { return backgroundCtx{} }

func TODO() Context { return todoCtx{} }

// selfKey's address asks a context for the cancelCtx that it is or stands on.
var selfKey int

// canceler is what a parent cancels with itself.
type canceler interface {
	cancel(fromParent bool, err, cause error)
	Done() <-chan struct{}
}

type cancelCtx struct {
	Context
	mu       sync.Mutex
	done     chan struct{}
	children []canceler
	err      error
	cause    error
}

func (c *cancelCtx) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		c.done = make(chan struct{})
	}
	return c.done
}

func (c *cancelCtx) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *cancelCtx) Value(key any) any {
	if key == &selfKey {
		return c
	}
	return c.Context.Value(key)
}

func (c *cancelCtx) String() string { return nameOf(c.Context) + ".WithCancel" }

func newCancelCtx(parent Context) *cancelCtx {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return &cancelCtx{Context: parent}
}

// cancel closes done and cancels the children; only the first call counts.
func (c *cancelCtx) cancel(fromParent bool, err, cause error) {
	if cause == nil {
		cause = err
	}
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return
	}
	c.err, c.cause = err, cause
	if c.done == nil {
		c.done = make(chan struct{})
	}
	close(c.done)
	for _, child := range c.children {
		child.cancel(true, err, cause)
	}
	c.children = nil
	c.mu.Unlock()
	if !fromParent {
		leave(c.Context, c)
	}
}

func (c *cancelCtx) remove(child canceler) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, x := range c.children {
		if x == child {
			c.children = append(c.children[:i], c.children[i+1:]...)
			return
		}
	}
}

// cancelParent is the cancelCtx that parent is or stands on, unless somebody put a Done channel of their own between.
func cancelParent(parent Context) *cancelCtx {
	p, ok := parent.Value(&selfKey).(*cancelCtx)
	if !ok || p.Done() != parent.Done() {
		return nil
	}
	return p
}

func leave(parent Context, child canceler) {
	if s, ok := parent.(stopCtx); ok {
		s.stop()
		return
	}
	if parent.Done() == nil {
		return
	}
	if p := cancelParent(parent); p != nil {
		p.remove(child)
	}
}

// follow has child canceled when parent is.
func (c *cancelCtx) follow(child canceler) {
	parent := c.Context
	done := parent.Done()
	if done == nil {
		return
	}
	select {
	case <-done:
		child.cancel(true, parent.Err(), Cause(parent))
		return
	default:
	}
	if p := cancelParent(parent); p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.err != nil {
			child.cancel(true, p.err, p.cause)
			return
		}
		p.children = append(p.children, child)
		return
	}
	if a, ok := parent.(afterFuncer); ok {
		stop := a.AfterFunc(func() { child.cancel(true, parent.Err(), Cause(parent)) })
		c.Context = stopCtx{parent, stop}
		return
	}
	go func() {
		select {
		case <-done:
			child.cancel(true, parent.Err(), Cause(parent))
		case <-child.Done():
		}
	}()
}

// afterFuncer is a foreign context that tells of its end without a goroutine that waits.
type afterFuncer interface {
	AfterFunc(func()) func() bool
}

type stopCtx struct {
	Context
	stop func() bool
}

func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := newCancelCtx(parent)
	c.follow(c)
	return c, func() { c.cancel(false, Canceled, nil) }
}

func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := newCancelCtx(parent)
	c.follow(c)
	return c, func(cause error) { c.cancel(false, Canceled, cause) }
}

// Cause is why c was canceled: what WithCancelCause was told, else c.Err().
func Cause(c Context) error {
	if p, ok := c.Value(&selfKey).(*cancelCtx); ok {
		p.mu.Lock()
		cause := p.cause
		p.mu.Unlock()
		if cause != nil {
			return cause
		}
	}
	return c.Err()
}

type timerCtx struct {
	cancelCtx
	timer    *time.Timer
	deadline time.Time
}

func (c *timerCtx) Deadline() (deadline time.Time, ok bool) { return c.deadline, true }

func (c *timerCtx) String() string {
	return nameOf(c.Context) + ".WithDeadline(" + c.deadline.String() + " [" + time.Until(c.deadline).String() + "])"
}

func (c *timerCtx) cancel(fromParent bool, err, cause error) {
	c.cancelCtx.cancel(true, err, cause)
	if !fromParent {
		leave(c.cancelCtx.Context, c)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
}

func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if cur, ok := parent.Deadline(); ok && cur.Before(d) {
		return WithCancel(parent)
	}
	c := &timerCtx{deadline: d}
	c.cancelCtx.Context = parent
	c.follow(c)
	left := time.Until(d)
	if left <= 0 {
		c.cancel(false, DeadlineExceeded, cause)
		return c, func() { c.cancel(false, Canceled, nil) }
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.timer = time.AfterFunc(left, func() { c.cancel(false, DeadlineExceeded, cause) })
	}
	return c, func() { c.cancel(false, Canceled, nil) }
}

func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

type valueCtx struct {
	Context
	key, val any
}

func WithValue(parent Context, key, val any) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if key == nil {
		panic("nil key")
	}
	if !value.Comparable(value.TypeOf(key)) {
		panic("key is not comparable")
	}
	return &valueCtx{parent, key, val}
}

func (c *valueCtx) Value(key any) any {
	if c.key == key {
		return c.val
	}
	return c.Context.Value(key)
}

func (c *valueCtx) String() string {
	return nameOf(c.Context) + ".WithValue(" + textOf(c.key) + ", " + textOf(c.val) + ")"
}

func nameOf(c Context) string {
	if s, ok := c.(interface{ String() string }); ok {
		return s.String()
	}
	return value.TypeString(value.TypeOf(c))
}

func textOf(v any) string {
	switch s := v.(type) {
	case interface{ String() string }:
		return s.String()
	case string:
		return s
	case nil:
		return "<nil>"
	}
	return value.TypeString(value.TypeOf(v))
}

type withoutCancelCtx struct{ c Context }

// WithoutCancel has parent's values and nothing else of it.
func WithoutCancel(parent Context) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return withoutCancelCtx{parent}
}

func (withoutCancelCtx) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }

func (withoutCancelCtx) Done() <-chan struct{} { return nil }

func (withoutCancelCtx) Err() error { return nil }

func (c withoutCancelCtx) Value(key any) any {
	if key == &selfKey {
		return nil
	}
	return c.c.Value(key)
}

func (c withoutCancelCtx) String() string { return nameOf(c.c) + ".WithoutCancel" }

type afterFuncCtx struct {
	cancelCtx
	once sync.Once
	f    func()
}

func (a *afterFuncCtx) cancel(fromParent bool, err, cause error) {
	a.cancelCtx.cancel(true, err, cause)
	if !fromParent {
		leave(a.Context, a)
	}
	a.once.Do(func() { go a.f() })
}

// AfterFunc runs f in a goroutine of its own once ctx is done; stop tells whether it kept f from that.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	a := &afterFuncCtx{f: f}
	a.cancelCtx.Context = ctx
	a.follow(a)
	return func() bool {
		stopped := false
		a.once.Do(func() { stopped = true })
		if stopped {
			a.cancel(false, Canceled, nil)
		}
		return stopped
	}
}
