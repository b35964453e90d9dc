package time

// rtTimer is a timer of the scheduler, and what it does when it fires: send the time to c, or start f.
type rtTimer struct {
	c     chan Time
	f     func()
	loc   *Location
	epoch int64
	owner uint64     // the run's
	timer [24]uint64 // the scheduler's
}

func newChanTimer(c chan Time, when int64, period int64) *rtTimer {
	t := &rtTimer{c: c, loc: Local, epoch: epoch()}
	t.start(when, period)
	return t
}

func newFuncTimer(f func(), when int64) *rtTimer {
	t := &rtTimer{f: f}
	t.start(when, 0)
	return t
}

type Timer struct {
	C <-chan Time
	r *rtTimer
}

// later is the moment d from now on the monotonic clock; beyond its end is its end.
func later(d Duration) int64 {
	now := nanotime()
	if d <= 0 {
		return now
	}
	if t := now + int64(d); t > 0 {
		return t
	}
	return 1<<63 - 1
}

func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	return &Timer{c, newChanTimer(c, later(d), 0)}
}

func AfterFunc(d Duration, f func()) *Timer { return &Timer{nil, newFuncTimer(f, later(d))} }

func After(d Duration) <-chan Time { return NewTimer(d).C }

func (t *Timer) Stop() bool {
	if t.r == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return t.r.stop()
}

func (t *Timer) Reset(d Duration) bool {
	if t.r == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	return t.r.reset(later(d), 0)
}

type Ticker struct {
	C <-chan Time
	r *rtTimer
}

func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	return &Ticker{c, newChanTimer(c, later(d), int64(d))}
}

func (t *Ticker) Stop() {
	if t.r != nil {
		t.r.stop()
	}
}

func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.r == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	t.r.reset(later(d), int64(d))
}

func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
