package detect_test

import (
	"slices"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
)

// TestNothingIsToldOfAGap: while the only source is blind amid an outage, that nobody complains says nothing.
func TestNothingIsToldOfAGap(t *testing.T) {
	t.Parallel()
	from, to := start.Add(2*time.Hour+20*time.Minute), start.Add(2*time.Hour+45*time.Minute)
	var before, after []event.Mention
	for _, m := range evening(6, "tiktok") {
		switch {
		case m.At.Before(from):
			before = append(before, m)
		case m.At.After(to):
			after = append(after, m)
		}
	}
	l := newLogs()
	l.write(before, 50)
	newest := before[len(before)-1].At.Truncate(event.Slot) // so a source says how far it came
	l.mentions[len(l.mentions)-1].Mark = &event.Mark{Source: "bluesky", At: newest, Blind: true}
	l.write(after, 50)
	for _, e := range l.judge(t, 1, 100) {
		if end := e.Data.EndedAt; e.Time.After(from.Add(time.Minute)) && e.Time.Before(to) || end != nil && end.Before(to) {
			t.Errorf("%s at %s, ended %v, while nobody listened from %s to %s", e.Kind(), e.Time, end, from, to)
		}
	}
}

// TestAnEndIsTheLastWord: an official word that comes in the very slot in which an outage ends makes no event behind its end.
func TestAnEndIsTheLastWord(t *testing.T) {
	t.Parallel()
	plain := run(t, evening(6, "tiktok"), 50, 1, 100)
	ended := plain[len(plain)-1].Time
	for slot := range 9 {
		ms := evening(6, "tiktok")
		at := ended.Add(time.Duration(slot-6) * event.Slot)
		word := said("tiktok", 1<<50, at, event.Official)
		i := slices.IndexFunc(ms, func(m event.Mention) bool { return m.At.After(at) })
		if i < 0 {
			i = len(ms)
		}
		events := run(t, slices.Insert(ms, i, word), 50, 1, 100)
		if last := events[len(events)-1]; last.Kind() != event.TypeResolved {
			t.Errorf("with an official word at %s the last event is %s; all: %v", at, last.Kind(), kinds(events))
		}
	}
}
