package alert

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
)

// Receipts remember texts under keys for longer than a process lives, and for several processes at once.
type Receipts interface {
	// Load gives the text of a key and its revision; "" and 0 if it was never put.
	Load(ctx context.Context, key string) (text string, revision uint64, err error)
	// Swap puts a text in the place of the revision that was loaded. False: somebody else was faster, and nothing is put.
	Swap(ctx context.Context, key, text string, revision uint64) (swapped bool, err error)
}

// receipt is what is remembered of one outage for one receiver.
type receipt struct {
	// From is the first event that is for this receiver; those before it are older than the receiver itself.
	From int `json:"from,omitempty"`
	// Told is the newest event that was told or given up, and Kept the newest that was kept back.
	Told int `json:"told,omitempty"`
	Kept int `json:"kept,omitempty"`
	// Trying is an event that was kept back and may have been told: the Desk that was about to may have died.
	Trying int `json:"trying,omitempty"`
	// Passed is an event that was handled while an older one was kept back. It voids what was tried before it, as Kept does:
	// whoever tried has seen the newer event in the log, and left off.
	Passed int `json:"passed,omitempty"`
	// At is when it was told, by the wall clock, and Again the number of the last reminder since.
	At    time.Time `json:"at,omitzero"`
	Again int       `json:"again,omitempty"`
	// Taken says that it was told who has taken the outage over.
	Taken bool `json:"taken,omitempty"`
	// Said is how things stood in what was told.
	Said Said `json:"said,omitzero"`
}

// join puts together what two know. It does not matter who knew it first, nor how often it is told.
func (r receipt) join(other receipt) receipt {
	switch {
	case other.Told > r.Told:
		r.At, r.Again, r.Said = other.At, other.Again, other.Said
	case other.Told == r.Told:
		if r.At.IsZero() || (!other.At.IsZero() && other.At.Before(r.At)) {
			r.At = other.At
		}
		r.Again = max(r.Again, other.Again)
		if other.Said.More > r.Said.More || (other.Said.More == r.Said.More && other.Said.At.After(r.Said.At)) {
			r.Said = other.Said
		}
	}
	r.Taken = r.Taken || other.Taken
	r.From, r.Told = max(r.From, other.From), max(r.Told, other.Told)
	r.Kept, r.Trying, r.Passed = max(r.Kept, other.Kept), max(r.Trying, other.Trying), max(r.Passed, other.Passed)
	return r
}

// parseReceipt reads a receipt, or the bare number that earlier versions kept. What cannot be read says nothing: better
// told twice than not at all.
func parseReceipt(text string) (r receipt) {
	if told, err := strconv.Atoi(text); err == nil {
		return receipt{Told: told}
	}
	if json.Unmarshal([]byte(text), &r) != nil {
		return receipt{}
	}
	return r
}

// Told is the newest event of an outage that a receiver was told, or that was given up for it; 0: none.
func Told(ctx context.Context, r Receipts, notifier, outage string) (seq int, err error) {
	text, _, err := r.Load(ctx, receiptKey(notifier, outage))
	if err != nil {
		return 0, fmt.Errorf("notifier %s: what was told of outage %s cannot be read: %w", notifier, outage, err)
	}
	return parseReceipt(text).Told, nil
}

// receiptKey is where it stands how much of an outage a receiver was told.
func receiptKey(notifier, outage string) string { return "told/" + notifier + "/" + outage }

// recall takes up what the receipts say of an outage. They are read each time, because another Desk may have told more.
func (d *Desk) recall(ctx context.Context, outage string) (receipt, error) {
	r, _, err := d.load(ctx, outage)
	if err != nil || r == (receipt{}) {
		return r, err
	}
	if max(r.Kept, r.Passed) > r.Trying {
		r.Trying = 0
	}
	s := d.outages[outage]
	if s.Opened < r.From || (r.Told == 0 && r.Kept > 0) {
		s.Opened = 0 // the log alone does not show that it was not told
	}
	if opened := cmp.Or(r.Told, r.Trying); opened > 0 && (s.Opened == 0 || opened < s.Opened) {
		s.Opened = opened
	}
	if r.Said != (Said{}) {
		s.Said = r.Said
	}
	s.Seq = max(s.Seq, r.Told, r.From-1)
	d.outages[outage] = s
	return r, nil
}

func (d *Desk) load(ctx context.Context, outage string) (r receipt, revision uint64, err error) {
	if d.cfg.Receipts == nil {
		return d.receipts[outage], 0, nil
	}
	text, revision, err := d.cfg.Receipts.Load(ctx, receiptKey(d.notifier.Name(), outage))
	if err != nil {
		return r, 0, fmt.Errorf("notifier %s: what was told of outage %s cannot be read: %w", d.notifier.Name(), outage, err)
	}
	return parseReceipt(text), revision, nil
}

// note adds news to the receipt of the outage of e. That something was told is noted after the fact: a crash in between
// tells it once more, under the same key.
func (d *Desk) note(ctx context.Context, e *event.Event, news receipt) error {
	for {
		known, revision, err := d.load(ctx, e.Data.ID)
		if err != nil {
			return err
		}
		r := known.join(news)
		if r == known {
			return nil
		}
		if d.cfg.Receipts == nil {
			d.receipts[e.Data.ID] = r
			return nil
		}
		body, err := json.Marshal(r)
		swapped := false
		if err == nil {
			swapped, err = d.cfg.Receipts.Swap(ctx, receiptKey(d.notifier.Name(), e.Data.ID), string(body), revision)
		}
		if err != nil {
			return fmt.Errorf("notifier %s: what was told of event %s cannot be noted: %w", d.notifier.Name(), e.ID, err)
		}
		if swapped {
			return nil
		}
	}
}
