package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/web"
)

// TestVerdict reads the sentence in large letters.
func TestVerdict(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		phases []event.Phase
		want   string
	}{
		{[]event.Phase{event.Confirmed}, ">1 outage<"},
		{[]event.Phase{event.Suspected}, ">1 outage suspected<"},
		{[]event.Phase{event.Suspected, event.Suspected}, ">2 outages suspected<"},
		{[]event.Phase{event.Confirmed, event.Recovering}, ">2 outages<"},
		{[]event.Phase{event.Suspected, event.Confirmed, event.Resolved}, ">1 outage, and 1 suspected<"},
		{[]event.Phase{event.Resolved}, ">Nobody complains more than usual<"},
	} {
		board := web.NewBoard(nil)
		for i, phase := range tc.phases {
			o := meta()
			o.ID, o.Phase = fmt.Sprintf("o%d", i), phase
			must(t, board.Handle(t.Context(), event.NewEvent(event.TypeChanged, "whatsapp", at(15, 44, 0), o)))
		}
		if got := get(t, newServer(t, web.Config{}, board, nil), "/?part=1").Body.String(); !strings.Contains(got, tc.want) {
			t.Errorf("of %v the page does not say %s", tc.phases, tc.want)
		}
	}
}

// TestManyOutages: the gravest are shown with all that is known, the others have to be unfolded.
func TestManyOutages(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	for i := range 7 {
		o := meta()
		o.ID, o.Phase = fmt.Sprintf("o%d", i), event.Confirmed
		must(t, board.Handle(t.Context(), event.NewEvent(event.TypeConfirmed, "whatsapp", at(15, 44, 0), o)))
	}
	page := get(t, newServer(t, web.Config{}, board, nil), "/?part=1").Body.String()
	if full, all := strings.Count(page, "</table>\n<div class=\"facts\">"), strings.Count(page, "<article"); full != 7 || all != 7 {
		t.Errorf("there are %d cards with services and %d cards, want 7", full, all)
	}
	if folded := strings.Count(page, "Services, places and evidence: "); folded != 3 {
		t.Errorf("%d cards are brief, want 3", folded)
	}
}

func TestRate(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	for minute := range 10 {
		for _, service := range []string{"whatsapp", "instagram"} {
			must(t, board.HandleReading(t.Context(), event.Reading{Service: service, At: at(15, minute, 30), Voices: float64(minute)}))
		}
	}
	must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(15, 9, 0).Add(time.Minute)}))
	if rate, heard := board.Rate([]string{"whatsapp", "instagram", "signal"}); rate != 14 || !heard { // twice the mean of 5 to 9
		t.Errorf("Rate() = %v, %t, want 14 and that they were heard", rate, heard)
	}
	if rate, heard := board.Rate([]string{"signal"}); rate != 0 || heard {
		t.Errorf("of a service that nobody spoke of Rate() = %v, %t", rate, heard)
	}
}
