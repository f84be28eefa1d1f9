package detect_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/event"
)

// denser is a recording in which hardly anybody complains of anything for half a day, and then people complain of two dozen
// services for two hours, of some more and of some less. rate adds voices a second of one more service after so many hours.
func denser(seed uint64, service string, rate func(hours float64) float64) []event.Mention {
	r := rand.New(rand.NewPCG(seed, 2))
	var ms []event.Mention
	for s := range 14 * 3600 {
		at, hours := start.Add(time.Duration(s)*time.Second), float64(s)/3600
		for k := range 24 {
			each := 1.0 / (24 * 1200)
			if hours >= 12 {
				each = float64(1+k%6) / 900
			}
			if r.Float64() < each {
				ms = append(ms, said(fmt.Sprintf("service-%02d", k), uint64(s*32+k), at, event.Report))
			}
		}
		if r.Float64() < rate(hours) {
			ms = append(ms, said(service, uint64(s*32+24), at, event.Report))
		}
	}
	slices.SortFunc(ms, func(a, b event.Mention) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Post, b.Post))
	})
	return ms
}

func confirmed(events []event.Event) []string {
	var out []string
	for i := range events {
		if events[i].Kind() == event.TypeConfirmed {
			out = append(out, events[i].Subject)
		}
	}
	return out
}

// TestARecordingThatBecomesDenserIsNoOutage: of two dozen services that get loud in the same hour none is told, and one that fails
// among them is.
func TestARecordingThatBecomesDenserIsNoOutage(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		calm := func(float64) float64 { return 0 }
		if got := confirmed(run(t, denser(seed, "tiktok", calm), 1, 1, 50)); len(got) > 0 {
			t.Errorf("seed %d: confirmed %v, want none", seed, got)
		}
		fails := func(hours float64) float64 {
			if hours < 13 {
				return 0
			}
			return 0.2
		}
		if got := confirmed(run(t, denser(seed, "tiktok", fails), 1, 1, 50)); len(got) != 1 || got[0] != "tiktok" {
			t.Errorf("seed %d: confirmed %v, want tiktok alone", seed, got)
		}
	}
}

// TestDependentsAreNoDenserRecording: the same two dozen services, if all of them stand on one cloud, are outages.
func TestDependentsAreNoDenserRecording(t *testing.T) {
	t.Parallel()
	services := []event.Service{{ID: "cloud", Name: "Cloud", Kind: "cloud"}}
	for k := range 24 {
		services = append(services, event.Service{ID: fmt.Sprintf("service-%02d", k), Name: fmt.Sprintf("Service %d", k), DependsOn: []string{"cloud"}})
	}
	l := newLogs()
	l.write(denser(1, "cloud", func(float64) float64 { return 0 }), 1)
	if got := confirmed(l.judgeAs(t, detect.DefaultJudge(services, nil, lateness), 1, 50)); len(got) == 0 {
		t.Error("nothing is confirmed, want the outage of the cloud's services")
	}
}

// TestRestartsAtHighTideChangeNothing: who is complained of survives in the view.
func TestRestartsAtHighTideChangeNothing(t *testing.T) {
	t.Parallel()
	fails := func(hours float64) float64 { return max(0, hours-13) }
	ms := denser(2, "tiktok", fails)
	want := encode(t, run(t, ms, 1, 1, 10))
	l, v := newLogs(), newView()
	l.write(ms, 1)
	for i := range 20 {
		l.live(t, v, (i+1)*len(l.mentions)/20, 10)
	}
	if diff := gocmp.Diff(want, encode(t, l.events)); diff != "" {
		t.Errorf("events differ (-want +got):\n%s", diff)
	}
}
