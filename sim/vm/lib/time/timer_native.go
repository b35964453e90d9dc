package time

func newChanTimer(c chan Time, when int64, period int64) *rtTimer

func newFuncTimer(f func(), when int64) *rtTimer

func (t *rtTimer) stop() bool

func (t *rtTimer) reset(when int64, period int64) bool
