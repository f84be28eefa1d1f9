package alert_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// drawer keeps receipts in memory.
type drawer struct {
	texts    map[string]string
	revision map[string]uint64
	err      error
}

func newDrawer() *drawer { return &drawer{texts: map[string]string{}, revision: map[string]uint64{}} }

func (d *drawer) Load(_ context.Context, key string) (string, uint64, error) {
	return d.texts[key], d.revision[key], d.err
}

func (d *drawer) Swap(_ context.Context, key, text string, revision uint64) (bool, error) {
	if d.err != nil || revision != d.revision[key] {
		return false, d.err
	}
	d.texts[key] = text
	d.revision[key]++
	return true, nil
}

// TestReceiptsOutliveTheDesk: a log that has forgotten how far its consumer was hands everything over again.
func TestReceiptsOutliveTheDesk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, dead := newReceiver(nil), &letters{}
		kept := newDrawer()
		life := []event.Event{
			told("a", 1, event.TypeConfirmed), told("a", 2, event.TypeRecovering), told("a", 3, event.TypeResolved),
		}
		handle(t, newDesk(alert.DeskConfig{Receipts: kept}, r, dead), life[:2]...)
		again := newDesk(alert.DeskConfig{Receipts: kept}, r, dead)
		again.Seed(life)
		handle(t, again, life...)
		diff(t, "told", []string{"a-1#1", "a-2#1", "a-3#1"}, r.got)
	})
}

func TestAReceiptThatCannotBeKeptBringsTheEventAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, kept := newReceiver(nil), newDrawer()
		kept.err = errors.New("disk full")
		d := newDesk(alert.DeskConfig{Receipts: kept}, r, &letters{})
		if err := d.Handle(t.Context(), told("a", 1, event.TypeConfirmed)); !errors.Is(err, kept.err) {
			t.Errorf("Handle() = %v, want the error of the receipts", err)
		}
		kept.err = nil
		handle(t, d, told("a", 1, event.TypeConfirmed))
		diff(t, "told", []string{"a-1#1"}, r.got)
	})
}
