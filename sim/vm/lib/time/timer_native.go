package time

func (t *rtTimer) start(when int64, period int64)

// stop and reset tell whether the timer was pending.
func (t *rtTimer) stop() bool

func (t *rtTimer) reset(when int64, period int64) bool
