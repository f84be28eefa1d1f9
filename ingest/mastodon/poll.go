package mastodon

import (
	"context"
	"fmt"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/pause"
)

// poll asks all servers again and again, side by side.
func (s *Source) poll(ctx context.Context, sink ingest.Sink) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, srv := range s.servers {
		g.Go(func() error { return s.follow(ctx, srv, sink) })
	}
	g.Go(func() error { return s.pulse(ctx, sink) })
	return g.Wait()
}

// follow asks one server again and again. It ends when the sink fails, and when no server at all can be read.
func (s *Source) follow(ctx context.Context, srv *server, sink ingest.Sink) error {
	for {
		if err := pause.For(ctx, srv.rest()); err != nil {
			return err
		}
		failure, err := s.round(ctx, srv, sink)
		if err != nil {
			return err
		}
		if failure != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := s.complain(srv, failure); err != nil {
				return err
			}
			continue
		}
		if err := pause.For(ctx, s.cfg.Interval); err != nil {
			return err
		}
	}
}

// round asks a server for everything there is. failure is the server's, err the sink's.
func (s *Source) round(ctx context.Context, srv *server, sink ingest.Sink) (failure, err error) {
	for i, tags := range srv.groups {
		for more, first := true, true; more; first = false {
			since := s.since(srv, tags, first)
			p, failure := srv.timeline(ctx, tags, since)
			if failure != nil {
				return failure, nil
			}
			more = p.size >= pageSize && p.last != "" && p.last != since // some servers do not know min_id
			if more || i == len(srv.groups)-1 {
				srv.worked(more)
			}
			if err := s.deliver(ctx, sink, srv.key(tags), p); err != nil {
				return nil, err
			}
			if err := pause.For(ctx, max(srv.rest(), min(perQuery, s.cfg.Interval))); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil
}

// complain notes that a server failed; an error: no server can be read any more.
func (s *Source) complain(srv *server, failure error) error {
	first := srv.failed(failure, s.cfg.Interval)
	rest := srv.rest()
	for _, other := range s.servers {
		rest = min(rest, other.rest())
		if other.failing() {
			continue
		}
		if first {
			s.cfg.Log.Warn("a mastodon server cannot be read and is left alone for a while",
				zap.String("server", srv.base.Host), zap.Error(failure), zap.Duration("pause", srv.rest()))
		}
		return nil
	}
	return fetch.Later(fmt.Errorf("no mastodon server can be read; the last to fail was %s: %w", srv.base.Host, failure), rest)
}

// pulse lets the time pass while nobody posts.
func (s *Source) pulse(ctx context.Context, sink ingest.Sink) error {
	for {
		if err := pause.For(ctx, event.Slot); err != nil {
			return err
		}
		s.mu.Lock()
		caughtUp := s.caughtUp()
		s.mu.Unlock()
		if !caughtUp {
			continue
		}
		if err := s.deliver(ctx, sink, "", &page{}); err != nil {
			return err
		}
	}
}
