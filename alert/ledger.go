package alert

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/outcry/outcry/event"
)

// How much a Ledger remembers: the oldest go first.
const (
	maxSilences = 1000
	maxAcks     = 5000
)

// Ledger is what people want and do, as far as it is known in this process. It is a fold: it may be told twice. It is safe
// for concurrent use.
type Ledger struct {
	mu       sync.RWMutex
	silences []Silence
	acks     map[string]Ack
	resolved map[string]outageEnd
	newest   time.Time
}

// outageEnd is how far an outage has come, and when it ended if it has.
type outageEnd struct {
	seq   int
	ended time.Time
	heard time.Time
}

var _ People = (*Ledger)(nil)

// NewLedger returns an empty ledger.
func NewLedger() *Ledger {
	return &Ledger{acks: map[string]Ack{}, resolved: map[string]outageEnd{}}
}

// PutSilence adds a silence, or replaces the one with its id.
func (l *Ledger) PutSilence(s Silence) {
	l.mu.Lock()
	defer l.mu.Unlock()
	// Readers hold the old list, so that it is never changed.
	next := slices.DeleteFunc(slices.Clone(l.silences), func(other Silence) bool { return other.ID == s.ID })
	next = append(next, s)
	slices.SortStableFunc(next, func(a, b Silence) int {
		if c := a.From.Compare(b.From); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	l.silences = next[max(0, len(next)-maxSilences):]
}

// PutAck records that an outage was taken over. The first time counts.
func (l *Ledger) PutAck(a Ack) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if first, ok := l.acks[a.Outage]; ok && !a.At.Before(first.At) {
		return
	}
	l.acks[a.Outage] = a
	if len(l.acks) > maxAcks {
		oldest := a.Outage
		for id, other := range l.acks {
			if other.At.Before(l.acks[oldest].At) {
				oldest = id
			}
		}
		delete(l.acks, oldest)
	}
}

// Handle folds one event of an outage in. The error is always nil.
func (l *Ledger) Handle(_ context.Context, e event.Event) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if have := l.resolved[e.Data.ID]; e.Check() != nil || e.Data.Seq <= have.seq {
		return nil
	}
	end := outageEnd{seq: e.Data.Seq, heard: e.Time}
	if isOver(&e) {
		end.ended = e.Time
	}
	l.resolved[e.Data.ID] = end
	if e.Time.After(l.newest) {
		l.newest = e.Time
		for id, end := range l.resolved {
			if l.newest.Sub(end.heard) > rememberSilent {
				delete(l.resolved, id)
			}
		}
	}
	return nil
}

// Silences implements People. The list must not be changed.
func (l *Ledger) Silences() []Silence {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.silences
}

// AckOf implements People.
func (l *Ledger) AckOf(outage string) *Ack {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if a, ok := l.acks[outage]; ok {
		return &a
	}
	return nil
}

// ResolvedAt implements People.
func (l *Ledger) ResolvedAt(outage string) time.Time {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.resolved[outage].ended
}
