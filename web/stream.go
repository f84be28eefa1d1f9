package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

const (
	// maxStreams bounds the event streams that are open at once.
	maxStreams = 256
	// streamWrite is how long one write may take before the reader counts as gone.
	streamWrite = 10 * time.Second
	// heartbeat is the longest silence of a stream; proxies cut what is silent for longer.
	heartbeat = 15 * time.Second
	// tickEvery is the shortest time between two tick messages, however fast event time moves.
	tickEvery = time.Second
)

// streamEvents sends outage events as they come, as Server-Sent Events: id is (outage, seq) and data the CloudEvent. A
// reader that returns with Last-Event-ID gets what it missed; if that is no longer known, or it has none and asks with
// ?state=1, the newest event of each outage that is not over. Messages of type "tick" say how far event time has come.
func (s *Server) streamEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // for nginx
	if r.Method == http.MethodHead {
		return
	}
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		w.Header().Set("Retry-After", "10")
		s.fail(w, http.StatusServiceUnavailable, "too many streams are open; come again later")
		return
	}
	s.deps.Metrics.stream(1)
	defer s.deps.Metrics.stream(-1)

	out := &stream{w: w, control: http.NewResponseController(w)}
	// The whole-request deadline is for requests that end.
	if err := out.control.SetReadDeadline(time.Time{}); err != nil {
		s.deps.Log.Debug("stream keeps its read deadline", zap.Error(err))
	}
	position, behind := s.startOf(r)
	if err := s.follow(r, out, position, behind); err != nil {
		s.deps.Log.Debug("stream ended", zap.Error(err))
	}
}

// startOf finds where a stream begins in the tail; behind says that the state of now has to be told first.
func (s *Server) startOf(r *http.Request) (position int, behind bool) {
	end := s.board.tail.end()
	last := r.Header.Get("Last-Event-ID")
	if last == "" {
		return end, isTrue(r.URL.Query().Get("state"))
	}
	if position, ok := s.board.tail.after(last); ok {
		return position, false
	}
	return end, true
}

// follow sends until the reader goes, or the server stops.
func (s *Server) follow(r *http.Request, out *stream, position int, behind bool) error {
	pace := time.NewTicker(tickEvery)
	defer pace.Stop()
	var told time.Time // the event time that was last sent
	quiet := time.Duration(0)
	if err := out.comment("outcry"); err != nil {
		return err
	}
	for {
		events, changed, ok := s.board.tail.since(position)
		if behind || !ok {
			position, events, behind = s.board.tail.end(), s.board.Current(), false
		} else {
			position += len(events)
		}
		if err := out.events(events); err != nil {
			return err
		}
		select {
		case <-changed:
		case <-pace.C:
			quiet += tickEvery
			if now := s.board.Now(); now.After(told) {
				told, quiet = now, 0
				if err := out.tick(now); err != nil {
					return err
				}
			} else if quiet >= heartbeat {
				quiet = 0
				if err := out.comment("still here"); err != nil {
					return err
				}
			}
		case <-r.Context().Done():
			return nil
		case <-s.stopping:
			return nil
		}
	}
}

// stream writes Server-Sent Events.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func (o *stream) events(events []event.Event) error {
	for _, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("encoding event %s: %w", e.ID, err)
		}
		if err := o.send("id: %s\ndata: %s\n\n", streamID(e), data); err != nil {
			return err
		}
	}
	return nil
}

func (o *stream) tick(at time.Time) error {
	return o.send("event: tick\ndata: {\"at\":%q}\n\n", at.Format(time.RFC3339))
}

func (o *stream) comment(text string) error { return o.send(": %s\n\n", text) }

// send writes one message and flushes it.
func (o *stream) send(format string, values ...any) error {
	if err := o.control.SetWriteDeadline(time.Now().Add(streamWrite)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(o.w, format, values...); err != nil {
		return err
	}
	return o.control.Flush()
}
