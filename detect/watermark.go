package detect

import (
	"time"

	"github.com/outcry/outcry/event"
)

// patience is how far one source may hold the time of all others back.
const patience = time.Minute

// watermark follows the marks of all sources: every mention before it has been seen.
type watermark struct {
	Sources map[string]event.Mark `json:"sources"`
	At      time.Time             `json:"at"`
	// Since is when the first source was first heard.
	Since time.Time `json:"since"`
	// Deaf says that no source can be heard since At.
	Deaf bool `json:"deaf"`
}

// see takes a mark and reports how far the time has come, and whether nobody listened in between.
func (w *watermark) see(m event.Mark) (moved, unheard bool) {
	if w.Sources == nil {
		w.Sources = make(map[string]event.Mark)
	}
	if old, ok := w.Sources[m.Source]; ok && m.At.Before(old.At) {
		m.At = old.At
	}
	w.Sources[m.Source] = m
	if w.Since.IsZero() {
		w.Since = m.Since
	}
	at, heard := w.reach()
	unheard = w.Deaf && !w.At.IsZero() // before the first time Since says from when on anybody listened
	w.Deaf = !heard
	if !at.After(w.At) {
		return false, false
	}
	w.At = at
	return true, unheard
}

// reach is the time that is complete, and whether any source can be heard.
func (w *watermark) reach() (at time.Time, heard bool) {
	var oldest, newest, last time.Time
	for _, m := range w.Sources {
		if m.At.After(last) {
			last = m.At
		}
		if m.Blind || m.Ended {
			continue
		}
		if oldest.IsZero() || m.At.Before(oldest) {
			oldest = m.At
		}
		if m.At.After(newest) {
			newest = m.At
		}
	}
	if newest.IsZero() {
		return last, w.ended()
	}
	if held := newest.Add(-patience); oldest.Before(held) {
		oldest = held
	}
	return oldest, true
}

// ended reports that every source has come to its end in good order, which is not deafness.
func (w *watermark) ended() bool {
	for _, m := range w.Sources {
		if m.Blind {
			return false
		}
	}
	return true
}

// blind lists the sources that cannot be heard.
func (w *watermark) blind() []string {
	var names []string
	for name, m := range w.Sources {
		if m.Blind {
			names = append(names, name)
		}
	}
	return names
}
