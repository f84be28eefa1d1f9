package step_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

var start = time.Date(2021, 10, 4, 15, 0, 0, 0, time.UTC)

// stretch is slots that all look the same.
type stretch struct {
	minutes    float64
	surprise   float64
	rate       float64
	recoveries float64
}

// walk moves a machine over stretches and lists the phases it enters, with the minute.
func walk(stretches ...stretch) []string {
	var m step.Machine
	var out []string
	at := start
	for _, s := range stretches {
		for range int(s.minutes * 6) {
			at = at.Add(10 * time.Second)
			in := step.Input{At: at, Surprise: s.surprise, Voices: s.rate, Rate: s.rate, Usual: 1, Complaints: s.rate, Recoveries: s.recoveries,
				NewComplaints: s.rate / 30, NewRecoveries: s.recoveries / 30}
			if m.Step(step.Default(), in) {
				name := string(m.Phase)
				if name == "" {
					name = "quiet"
				}
				out = append(out, at.Sub(start).Round(time.Minute).String()+" "+name)
			}
		}
	}
	return out
}

func TestMachine(t *testing.T) {
	t.Parallel()
	calm := stretch{minutes: 10, rate: 1}
	tests := []struct {
		name      string
		stretches []stretch
		want      []string
	}{
		{"nothing", []stretch{calm}, nil},
		{"a burst too small to be people", []stretch{calm, {5, 8, 3, 0}, calm}, nil},
		{"a burst that does not last", []stretch{calm, {0.2, 5.7, 6, 0}, {10, 1, 2, 0}}, []string{"10m0s suspected", "15m0s quiet"}},
		{"a burst that lasts", []stretch{calm, {2, 5.7, 6, 0}}, []string{"10m0s suspected", "11m0s confirmed"}},
		{"a sure burst", []stretch{calm, {2, 7, 6, 0}}, []string{"10m0s confirmed"}},
		{
			"everybody says that it is back",
			[]stretch{calm, {30, 40, 100, 0}, {10, 20, 30, 40}, {20, 1, 2, 3}},
			[]string{"10m0s confirmed", "41m0s recovering", "42m0s resolved"},
		},
		{
			"half are back, then it breaks out again",
			[]stretch{calm, {30, 40, 100, 0}, {10, 20, 30, 20}, {10, 40, 90, 0}},
			[]string{"10m0s confirmed", "41m0s recovering", "50m0s confirmed"},
		},
		{
			"over, and again within the hour",
			[]stretch{calm, {30, 40, 100, 0}, {30, 1, 2, 3}, {10, 40, 90, 0}},
			[]string{"10m0s confirmed", "41m0s recovering", "41m0s resolved", "1h10m0s confirmed"},
		},
		{
			"over for good, and nobody says so",
			[]stretch{calm, {30, 40, 100, 0}, {80, 1, 1, 0}},
			[]string{"10m0s confirmed", "41m0s recovering", "41m0s resolved", "1h41m0s quiet"},
		},
		{
			"three people are back of a hundred",
			[]stretch{calm, {30, 40, 100, 0}, {30, 40, 100, 3}},
			[]string{"10m0s confirmed"},
		},
		{
			"the long tail after the end is no new outage",
			[]stretch{calm, {30, 40, 100, 0}, {20, 30, 30, 60}, {20, 20, 25, 20}, {20, 15, 12, 5}, {30, 8, 6, 1}},
			[]string{"10m0s confirmed", "40m0s recovering", "42m0s resolved", "1h42m0s quiet"},
		},
		{
			"a lull of a small outage is chance",
			[]stretch{calm, {60, 8, 4.6, 0}, {7.5, 5, 2, 0}, {60, 8, 4.6, 0}, {30, 1, 0, 0}},
			[]string{"10m0s suspected", "11m0s confirmed", "2h34m0s recovering", "2h34m0s resolved"},
		},
		{
			"of a small outage a few words tell",
			[]stretch{calm, {60, 8, 4.6, 0}, {30, 1, 0, 1}},
			[]string{"10m0s suspected", "11m0s confirmed", "1h18m0s recovering", "1h18m0s resolved"},
		},
		{
			"what goes on as loud as usual is over in the end",
			[]stretch{calm, {60, 8, 4.6, 0}, {90, 1, 2.5, 0}},
			[]string{"10m0s suspected", "11m0s confirmed", "1h50m0s recovering", "2h30m0s resolved"},
		},
		{
			"most say that it is back, and nobody suspects anything",
			[]stretch{calm, {10, 5.7, 10, 20}, {10, 5.7, 10, 3}},
			[]string{"20m0s suspected", "21m0s confirmed"},
		},
		{
			"after a long outage people talk for long",
			[]stretch{calm, {600, 40, 100, 0}, {30, 20, 20, 60}, {60, 8, 18, 1}},
			[]string{"10m0s confirmed", "10h10m0s recovering", "10h12m0s resolved", "11h12m0s quiet"},
		},
		{
			"people tire of complaining",
			[]stretch{calm, {60, 40, 100, 0}, {90, 40, 60, 0}, {90, 30, 35, 1}, {90, 20, 20, 1}},
			[]string{"10m0s confirmed"},
		},
		{
			"what gets better by degrees is over when few are left",
			[]stretch{calm, {30, 40, 100, 0}, {12, 30, 60, 80}, {10, 20, 45, 60}, {5, 15, 20, 40}},
			[]string{"10m0s confirmed", "41m0s recovering", "1h6m0s resolved"},
		},
		{
			"the evening's plateau is no recovery",
			[]stretch{calm, {30, 40, 100, 0}, {60, 40, 60, 5}},
			[]string{"10m0s confirmed"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, walk(tt.stretches...)); diff != "" {
				t.Errorf("phases (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOnset(t *testing.T) {
	t.Parallel()
	var counts []step.Count
	at := func(minute float64) time.Time { return start.Add(time.Duration(minute * float64(time.Minute))) }
	for i := range 10 {
		counts = append(counts, step.Count{End: at(float64(3*i) + 1), Voices: 1})
	}
	for i := range 12 {
		counts = append(counts, step.Count{End: at(31 + float64(i)/6), Voices: 2})
	}
	got := step.Onset(counts, 1.0/18, 10*time.Second)
	if d := got.Sub(at(31)).Abs(); d > 20*time.Second {
		t.Errorf("onset at %v, want about %v", got, at(31))
	}
	var climb []step.Count
	for k := 1.0; k <= 20; k++ {
		end := at(60 + 2*math.Sqrt(k)).Truncate(10 * time.Second).Add(10 * time.Second)
		climb = append(climb, step.Count{End: end, Voices: 1})
	}
	if d := step.Onset(climb, 0.001, 10*time.Second).Sub(at(60)).Abs(); d > 40*time.Second {
		t.Errorf("a climb is put %v beside its beginning", d)
	}
	if got := step.Onset(nil, 1, 10*time.Second); !got.IsZero() {
		t.Errorf("onset of nothing is %v", got)
	}
	if m := (step.Machine{}); m.Phase != event.Phase("") {
		t.Errorf("a machine begins %q", m.Phase)
	}
}

// Five who complain together by chance are suspected as long as the window holds them, and confirmed once somebody joins them.
func TestASuspicionNeedsJoiners(t *testing.T) {
	t.Parallel()
	var m step.Machine
	at := start
	for i := range 12 {
		at = at.Add(event.Slot)
		in := step.Input{At: at, Surprise: 5.7, Voices: 5, Rate: 5, Usual: 1, Complaints: 5}
		if i == 11 {
			in.NewComplaints = 1
		}
		want := event.Suspected
		if i == 11 {
			want = event.Confirmed
		}
		if m.Step(step.Default(), in); m.Phase != want {
			t.Errorf("after %d slots %q, want %q", i+1, m.Phase, want)
		}
	}
}
