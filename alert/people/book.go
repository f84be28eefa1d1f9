package people

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// Store keeps texts under keys, for several processes at once.
type Store interface {
	alert.Receipts
	// All gives every text by its key.
	All(ctx context.Context) (map[string]string, error)
}

// Book is what people want and do.
type Book struct {
	// Acks and Silences keep it. Required.
	Acks, Silences Store
	// Outages gives the events of the log so far. Required.
	Outages func(ctx context.Context) ([]event.Event, error)
	// Check reports what a silence names that does not exist; nil: everything does.
	Check func(s *alert.Silence) error
	// Now is the wall clock; default: the real one.
	Now func() time.Time
}

// The sorts of errors that a Book gives, as errors.Is tells them apart; every other error is the store's.
var (
	// ErrUnknown: there is no such outage, or no such silence.
	ErrUnknown = errors.New("it is not known")
	// ErrWrong: what is asked for makes no sense.
	ErrWrong = errors.New("it cannot be done")
)

// sorted is an error of a sort, in words of its own.
type sorted struct {
	sort error
	text string
}

func (e *sorted) Error() string { return e.text }
func (e *sorted) Unwrap() error { return e.sort }

// The longest name of a person, and the longest reason; what is longer is cut.
const (
	maxName = 80
	maxWhy  = 200
)

func (b *Book) now() time.Time {
	if b.Now == nil {
		return time.Now().UTC()
	}
	return b.Now().UTC()
}

// Ack takes an outage over for somebody. Who took it over first has it: their Ack is what is returned.
func (b *Book) Ack(ctx context.Context, id, by string) (alert.Ack, event.Event, error) {
	e, err := b.Find(ctx, id)
	if err != nil {
		return alert.Ack{}, e, err
	}
	ack := alert.Ack{Outage: e.Data.ID, At: b.now(), By: person(by)}
	put, err := b.put(ctx, b.Acks, ack.Outage, &ack, 0)
	if err == nil && !put {
		ack, err = b.acked(ctx, ack.Outage)
	}
	return ack, e, err
}

// Acked gives who has taken which outage over, by its id.
func (b *Book) Acked(ctx context.Context) (map[string]alert.Ack, error) {
	texts, err := b.Acks.All(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[string]alert.Ack, len(texts))
	for outage, text := range texts {
		var ack alert.Ack
		if json.Unmarshal([]byte(text), &ack) == nil {
			all[outage] = ack
		}
	}
	return all, nil
}

// acked is who has taken an outage over.
func (b *Book) acked(ctx context.Context, outage string) (ack alert.Ack, err error) {
	text, _, err := b.Acks.Load(ctx, outage)
	if err == nil {
		err = json.Unmarshal([]byte(text), &ack)
	}
	return ack, err
}

// Mute keeps an outage from everybody: for a time, or with 0 until it is resolved.
func (b *Book) Mute(ctx context.Context, id, by, why string, lasting time.Duration) (alert.Silence, event.Event, error) {
	e, err := b.Find(ctx, id)
	if err != nil {
		return alert.Silence{}, e, err
	}
	s, err := b.Silence(ctx, alert.Silence{Outage: e.Data.ID, By: by, Why: why}, lasting)
	return s, e, err
}

// longest is how long a silence lasts at most: as long as it is kept.
const longest = 60 * 24 * time.Hour

// Silence keeps a silence from now on; 0 has no end, which only a muted outage may have. It returns the silence with its id.
func (b *Book) Silence(ctx context.Context, s alert.Silence, lasting time.Duration) (alert.Silence, error) {
	now := b.now()
	s.ID, s.From, s.Until = strings.ToLower(rand.Text()[:10]), now, nil
	s.By, s.Why = person(s.By), alert.Clean(s.Why, maxWhy)
	if lasting != 0 {
		s.Until = new(now.Add(lasting))
	}
	err := s.Check()
	switch {
	case lasting < 0:
		err = errors.New("it would end before it begins; say for how long")
	case lasting > longest:
		err = fmt.Errorf("silences are kept for %d days; say a shorter time", longest/(24*time.Hour))
	case err == nil && b.Check != nil:
		err = b.Check(&s)
	}
	if err != nil {
		return s, &sorted{ErrWrong, err.Error()}
	}
	_, err = b.put(ctx, b.Silences, s.ID, &s, 0)
	return s, err
}

// End ends a silence now. It is kept, so that what was kept back by it is known after a restart.
func (b *Book) End(ctx context.Context, id string) (s alert.Silence, err error) {
	for {
		text, revision, err := b.Silences.Load(ctx, id)
		switch {
		case err != nil:
			return s, err
		case text == "" || json.Unmarshal([]byte(text), &s) != nil:
			return s, &sorted{ErrUnknown, fmt.Sprintf("there is no silence %q; outcry silences lists them", id)}
		}
		now := b.now()
		if s.IsOver(now) {
			return s, &sorted{ErrWrong, "silence " + id + " is over already"}
		}
		s.Until = &now
		if put, err := b.put(ctx, b.Silences, id, &s, revision); put || err != nil {
			return s, err
		}
	}
}

// List gives the silences, oldest first: those that hold, or all that are kept.
func (b *Book) List(ctx context.Context, all bool) ([]alert.Silence, error) {
	texts, err := b.Silences.All(ctx)
	if err != nil {
		return nil, err
	}
	list := []alert.Silence{}
	for _, text := range texts {
		var s alert.Silence
		if json.Unmarshal([]byte(text), &s) == nil && (all || !s.IsOver(b.now())) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(x, y alert.Silence) int {
		if c := x.From.Compare(y.From); c != 0 {
			return c
		}
		return strings.Compare(x.ID, y.ID)
	})
	return list, nil
}

// put keeps a value in the place of a revision; false: something else is there.
func (b *Book) put(ctx context.Context, in Store, key string, value any, revision uint64) (bool, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return false, err
	}
	return in.Swap(ctx, key, string(body), revision)
}

// person is somebody's name, fit to show.
func person(name string) string {
	if name = alert.Clean(name, maxName); name == "" {
		return "somebody"
	}
	return name
}
