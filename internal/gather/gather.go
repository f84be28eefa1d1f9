package gather

import (
	"context"
	"time"
)

// Config bounds a pack, and what may wait for one.
type Config struct {
	// Size is how many things a pack holds at most, from 1. As many again may wait; then nothing more is received.
	Size int
	// Delay is how long a pack waits for more after its first.
	Delay time.Duration
	// Pulse, if set, is how often give is called at least; without anything if nothing came.
	Pulse time.Duration
}

// Run calls receive in a goroutine of its own and hands what it sends over in packs, in order, one at a time, until either
// fails or ctx ends. What came before receive failed is handed over first. It returns the first error of give, else the
// context's, else that of receive; left is what give has not taken over.
func Run[T any](
	ctx context.Context, cfg Config, receive func(ctx context.Context, send func(T) error) error, give func(ctx context.Context, pack []T) error,
) (left []T, err error) {
	receiving, stop := context.WithCancel(ctx)
	defer stop()
	in := make(chan T, cfg.Size)
	var broken error
	go func() {
		defer close(in)
		broken = receive(receiving, func(v T) error {
			select {
			case in <- v:
				return nil
			case <-receiving.Done():
				return receiving.Err()
			}
		})
	}()
	p := packer[T]{cfg: cfg, give: give}
	err = p.run(ctx, in)
	stop()
	left = p.pack
	for v := range in {
		left = append(left, v)
	}
	switch {
	case ctx.Err() != nil:
		return left, ctx.Err()
	case err != nil:
		return left, err
	}
	return left, broken
}

// packer is one call of Run.
type packer[T any] struct {
	cfg  Config
	give func(ctx context.Context, pack []T) error
	pack []T
}

func (p *packer[T]) run(ctx context.Context, in <-chan T) error {
	delay := time.NewTimer(p.cfg.Delay)
	defer delay.Stop()
	pulse, stop := p.pulse()
	defer stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case v, ok := <-in:
			if !ok {
				return p.flush(ctx, false)
			}
			if len(p.pack) == 0 {
				delay.Reset(p.cfg.Delay)
			}
			if p.pack = append(p.pack, v); len(p.pack) < p.cfg.Size {
				continue
			}
			if err := p.flush(ctx, false); err != nil {
				return err
			}
		case <-delay.C:
			if err := p.flush(ctx, false); err != nil {
				return err
			}
		case <-pulse:
			if err := p.flush(ctx, true); err != nil {
				return err
			}
		}
	}
}

// pulse is the channel that says that give is due; nil: it never is.
func (p *packer[T]) pulse() (<-chan time.Time, func()) {
	if p.cfg.Pulse <= 0 {
		return nil, func() {}
	}
	ticker := time.NewTicker(p.cfg.Pulse)
	return ticker.C, ticker.Stop
}

func (p *packer[T]) flush(ctx context.Context, anyway bool) error {
	if ctx.Err() != nil || len(p.pack) == 0 && !anyway {
		return ctx.Err()
	}
	if err := p.give(ctx, p.pack); err != nil {
		return err
	}
	clear(p.pack)
	p.pack = p.pack[:0]
	return nil
}
