package sync

// Pool keeps objects for use again. One stands apart and is got first; the others come back last in, first out.
type Pool struct {
	mu    Mutex
	first any
	items []any
	New   func() any
}

func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	p.mu.Lock()
	if p.first == nil {
		p.first = x
	} else {
		p.items = append(p.items, x)
	}
	p.mu.Unlock()
}

func (p *Pool) take() any {
	p.mu.Lock()
	defer p.mu.Unlock()
	if x := p.first; x != nil {
		p.first = nil
		return x
	}
	n := len(p.items)
	if n == 0 {
		return nil
	}
	x := p.items[n-1]
	p.items[n-1] = nil
	p.items = p.items[:n-1]
	return x
}

func (p *Pool) Get() any {
	if x := p.take(); x != nil || p.New == nil {
		return x
	}
	return p.New()
}
