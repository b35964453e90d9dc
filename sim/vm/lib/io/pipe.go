package io

import "sync"

// pipe hands each write to readers, piece by piece, without a buffer between them.
type pipe struct {
	writing sync.Mutex // one writer at a time
	data    chan []byte
	taken   chan int
	done    chan struct{}

	mu         sync.Mutex
	closed     bool
	rerr, werr error // what the other side is told
}

type PipeReader struct{ p *pipe }

type PipeWriter struct{ p *pipe }

func Pipe() (*PipeReader, *PipeWriter) {
	p := &pipe{data: make(chan []byte), taken: make(chan int), done: make(chan struct{})}
	return &PipeReader{p}, &PipeWriter{p}
}

func (p *pipe) close(r, w error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rerr == nil {
		p.rerr = r
	}
	if p.werr == nil {
		p.werr = w
	}
	if !p.closed {
		p.closed = true
		close(p.done)
	}
}

func (p *pipe) isClosed() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

func (p *pipe) readError() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rerr != nil && p.werr == nil {
		return p.rerr
	}
	if p.rerr != nil {
		return p.rerr
	}
	return ErrClosedPipe
}

func (p *pipe) writeError() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.werr != nil {
		return p.werr
	}
	return ErrClosedPipe
}

func (r *PipeReader) Read(data []byte) (int, error) {
	if r.p.isClosed() {
		return 0, r.p.readError()
	}
	select {
	case b := <-r.p.data:
		n := copy(data, b)
		r.p.taken <- n
		return n, nil
	case <-r.p.done:
		return 0, r.p.readError()
	}
}

func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.p.close(nil, err)
	return nil
}

func (w *PipeWriter) Write(data []byte) (n int, err error) {
	if w.p.isClosed() {
		return 0, w.p.writeError()
	}
	w.p.writing.Lock()
	defer w.p.writing.Unlock()
	for first := true; first || len(data) > 0; first = false {
		select {
		case w.p.data <- data:
			took := <-w.p.taken
			data = data[took:]
			n += took
		case <-w.p.done:
			return n, w.p.writeError()
		}
	}
	return n, nil
}

func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.p.close(err, nil)
	return nil
}
