package x

import (
	"context"
	"errors"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/pause"
)

// heardFor is how long back a thrifty source asks for counts: enough for a median.
const heardFor = time.Hour

var errCalm = errors.New("all services are calm")

// thrifty asks for counts every now and then, and reads the stream while any service is loud.
func (s *Source) thrifty(ctx context.Context, sink ingest.Sink) error {
	for {
		loud, err := s.survey(ctx)
		if err != nil {
			return err
		}
		s.waits.reset()
		if err := s.pulse(ctx, sink); err != nil {
			return err
		}
		if loud {
			err = s.listen(ctx, sink)
		} else {
			err = s.rest(ctx, sink)
		}
		if err != nil {
			return err
		}
	}
}

// pulse says that the time is complete up to now: no post can come while the stream is closed.
func (s *Source) pulse(ctx context.Context, sink ingest.Sink) error {
	b := ingest.Batch{Cursor: s.meter.cursor()}
	b.See(s.cfg.Now())
	return sink(ctx, b)
}

// rest waits until it is time to look again, and lets the source's time pass meanwhile, for which all others wait.
func (s *Source) rest(ctx context.Context, sink ingest.Sink) error {
	left := s.cfg.Look
	for ; left > event.Slot; left -= event.Slot {
		if err := pause.For(ctx, event.Slot); err != nil {
			return err
		}
		if err := s.pulse(ctx, sink); err != nil {
			return err
		}
	}
	return pause.For(ctx, left)
}

// listen reads the stream until it breaks, or until all services are calm again (nil).
func (s *Source) listen(ctx context.Context, sink ingest.Sink) error {
	listening, end := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		end(s.keepLooking(listening))
	}()
	err := s.pipe.run(listening, s.into(sink))
	why := context.Cause(listening)
	end(nil)
	<-done
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(why, errCalm):
		return nil
	case why != nil:
		return why
	}
	return err
}

// keepLooking asks for counts until all services are calm (errCalm) or the budget is used up.
func (s *Source) keepLooking(ctx context.Context) error {
	for {
		if err := pause.For(ctx, s.cfg.Look); err != nil {
			return err
		}
		loud, err := s.survey(ctx)
		if spent := (*SpentError)(nil); errors.As(err, &spent) {
			return err
		}
		if err != nil && ctx.Err() == nil {
			s.cfg.Log.Warn("counts of x could not be had; the stream stays as it is", zap.Error(err))
			continue
		}
		if !loud {
			return errCalm
		}
	}
}

// survey asks for the counts of all services and opens and closes their rules. loud: at least one is open.
func (s *Source) survey(ctx context.Context) (loud bool, err error) {
	var want []Rule
	for i := range s.cfg.Services {
		id := s.cfg.Services[i].ID
		open, err := s.ask(ctx, id)
		if err != nil {
			return loud, err
		}
		if open {
			want = append(want, s.rules[id]...)
			loud = true
		}
	}
	return loud, s.apply(ctx, want)
}

// ask asks for the counts of one service.
func (s *Source) ask(ctx context.Context, id string) (open bool, err error) {
	if err := s.meter.bill(1); err != nil {
		return false, err
	}
	counts, err := s.api.counts(ctx, s.queries[id], s.cfg.Now().Add(-heardFor))
	if err != nil {
		return s.meter.open(id), err
	}
	open, changed := s.meter.hear(id, counts)
	if changed {
		s.applied = false
		s.cfg.Log.Info("listening to x for a service begins or ends", zap.String("service", id), zap.Bool("open", open))
	}
	return open, nil
}
