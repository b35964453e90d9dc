package sync

func (m *Mutex) Lock()

func (m *Mutex) TryLock() bool

func (m *Mutex) Unlock()

func (rw *RWMutex) RLock()

func (rw *RWMutex) RUnlock()

func (rw *RWMutex) Lock()

func (rw *RWMutex) Unlock()

func (rw *RWMutex) TryRLock() bool

func (rw *RWMutex) TryLock() bool

func (wg *WaitGroup) Add(delta int)

func (wg *WaitGroup) Wait()

func (l *notifyList) add() uint64

func (l *notifyList) wait(ticket uint64)

func (l *notifyList) notifyOne()

func (l *notifyList) notifyAll()
