package detect_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/event"
)

// beside is an app that fails after two hours for 100 minutes, and a carrier of which, from 20 minutes later on, as many voices a second speak as
// loud tells of the minutes since.
func beside(seed uint64, loud func(minutes float64) float64) []event.Mention {
	r := rand.New(rand.NewPCG(seed, 9))
	var ms []event.Mention
	say := func(service string, n int, rate float64) {
		if r.Float64() < rate {
			m := said(service, uint64(n), start.Add(time.Duration(n)*time.Second), event.Report)
			m.Country = "PL"
			ms = append(ms, m)
		}
	}
	for s := range 5 * 3600 {
		app, carrier := 1.0/900, 1.0/1800
		if minutes := float64(s)/60 - 120; minutes >= 0 && minutes < 100 {
			app = 0.2
			if minutes >= 20 {
				carrier = loud(minutes - 20)
			}
		}
		say("bank", s, app)
		say("masts", s, carrier)
	}
	slices.SortFunc(ms, func(a, b event.Mention) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Service, b.Service)) })
	return ms
}

// TestABystanderThatOutgrowsItsOutage: a carrier that some suspect while an app fails is blamed; one that becomes as loud as the app has an outage of its own, from
// when it became loud.
func TestABystanderThatOutgrowsItsOutage(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		loud func(minutes float64) float64
		own  bool
	}{
		"suspected by some": {func(float64) float64 { return 0.025 }, false},
		"louder and louder": {func(minutes float64) float64 { return min(0.02+minutes*0.012, 0.4) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLogs()
			l.write(beside(4, tc.loud), 50)
			cfg := detect.DefaultJudge([]event.Service{{ID: "bank", Name: "Bank", Kind: "bank"}, {ID: "masts", Name: "Masts", Kind: "carrier"}}, nil, lateness)
			events := l.judgeAs(t, cfg, 1, 100)
			blamed := slices.ContainsFunc(events, func(e event.Event) bool {
				return slices.ContainsFunc(e.Data.Services, func(s event.ServiceState) bool { return s.ID == "masts" && s.Role == event.RoleBlamed })
			})
			i := slices.IndexFunc(events, func(e event.Event) bool { return e.Kind() == event.TypeConfirmed && e.Subject == "masts" })
			if !tc.own {
				if !blamed || i >= 0 {
					t.Errorf("blamed %t, an outage of its own %t; want the first alone", blamed, i >= 0)
				}
				return
			}
			if i < 0 {
				t.Fatalf("no outage of its own among %v", kinds(events))
			}
			onset := start.Add(140 * time.Minute)
			if late := events[i].Data.OnsetAt.Sub(onset); late.Abs() > 5*time.Minute {
				t.Errorf("onset %v from when it became loud", late)
			}
			if late := events[i].Time.Sub(onset); late > 40*time.Minute {
				t.Errorf("told %v after it became loud", late)
			}
		})
	}
}
