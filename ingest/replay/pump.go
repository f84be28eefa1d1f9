package replay

import (
	"context"
	"io"
)

// pump reads from a reader that cannot be interrupted, such as a terminal, so that whoever waits for it can be.
type pump struct {
	ctx  context.Context
	full chan chunk
	free chan []byte
	held []byte
	rest []byte
	err  error
}

type chunk struct {
	data []byte
	err  error
}

const pumpSize = 128 << 10

// startPump reads ahead by two buffers until the reader ends or stop is called. A read that blocks then stays behind until it returns.
func startPump(ctx context.Context, src io.Reader) (p *pump, stop func()) {
	ctx, stop = context.WithCancel(ctx)
	p = &pump{ctx: ctx, full: make(chan chunk), free: make(chan []byte, 2)}
	p.free <- make([]byte, pumpSize)
	p.free <- make([]byte, pumpSize)
	go p.run(src)
	return p, stop
}

func (p *pump) run(src io.Reader) {
	for {
		var buf []byte
		select {
		case buf = <-p.free:
		case <-p.ctx.Done():
			return
		}
		n, err := src.Read(buf)
		select {
		case p.full <- chunk{buf[:n], err}:
		case <-p.ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// Read implements io.Reader. It gives the context's error once that has ended.
func (p *pump) Read(b []byte) (int, error) {
	for len(p.rest) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		if p.held != nil {
			p.free <- p.held
			p.held = nil
		}
		select {
		case c := <-p.full:
			p.held, p.rest, p.err = c.data[:cap(c.data)], c.data, c.err
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}
