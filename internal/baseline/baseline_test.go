package baseline_test

import (
	"iter"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/baseline"
)

var start = time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)

// posts makes as many complaints in each minute as rate says, and always one of another kind.
func posts(service string, minutes int, rate func(minute int) int) iter.Seq[event.Mention] {
	return func(yield func(event.Mention) bool) {
		for m := range minutes {
			at := start.Add(time.Duration(m) * time.Minute)
			for i := range rate(m) + 1 {
				mention := event.Mention{Service: service, Post: strconv.Itoa(m*1000 + i), At: at.Add(time.Second), Kind: event.Report, Phrase: "#" + service + "Down"}
				if i == 0 {
					mention.Kind = event.Joke
				}
				if !yield(mention) {
					return
				}
			}
		}
	}
}

// firstAlarms is how many minutes after start each method called first, by the beginning of its name; -1: never.
func firstAlarms(mentions iter.Seq[event.Mention], minutes int) map[string]int {
	alarms := baseline.Run(mentions, start, start.Add(time.Duration(minutes)*time.Minute))
	first := make(map[string]int)
	for _, m := range baseline.Methods() {
		name, _, _ := strings.Cut(m.Name, " ")
		first[name] = -1
		if list := alarms[m.Name]; len(list) > 0 {
			first[name] = int(list[0].At.Sub(start) / time.Minute)
		}
	}
	return first
}

func TestEveryMethodHearsALoudOutage(t *testing.T) {
	t.Parallel()
	got := firstAlarms(posts("tiktok", 240, func(m int) int {
		if m >= 180 {
			return 30
		}
		return m % 2
	}), 240)
	// One minute of thirty is enough for the windows; the bins close after five.
	want := map[string]int{"fixed:": 181, "EWMA": 185, "rolling": 185, "point": 181, "cycle-corrected": 181}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoMethodHearsASteadyDay(t *testing.T) {
	t.Parallel()
	got := firstAlarms(posts("tiktok", 600, func(m int) int { return 1 + m%2 }), 600)
	want := map[string]int{"fixed:": -1, "EWMA": -1, "rolling": -1, "point": -1, "cycle-corrected": -1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every day at eight it is loud. The trailing hour does not know that; the days before do.
func TestCycleCorrectionKnowsTheHour(t *testing.T) {
	t.Parallel()
	daily := func(m int) int {
		if hour := m / 60 % 24; hour >= 8 && hour < 20 {
			return 12
		}
		return 1
	}
	const days = 3
	alarms := baseline.Run(posts("tiktok", days*1440, daily), start, start.Add(days*24*time.Hour))
	lastDay := func(method string) (n int) {
		for _, a := range alarms[method] {
			if a.At.After(start.Add((days - 1) * 24 * time.Hour)) {
				n++
			}
		}
		return n
	}
	if n := lastDay("cycle-corrected Poisson (Hendrickson 2015)"); n != 0 {
		t.Errorf("the corrected one calls %d times on the third day", n)
	}
	if n := lastDay("point Poisson (Hendrickson 2015)"); n == 0 {
		t.Error("the point-by-point one does not call, so that this test shows nothing")
	}
}

// A fixed factor is wrong at both ends: three posts of a small service are a call, twice the posts of a great one are none.
func TestFixedFactorIsWrongAtBothEnds(t *testing.T) {
	t.Parallel()
	small := firstAlarms(posts("small", 200, func(m int) int {
		if m >= 150 && m < 153 {
			return 1
		}
		return 0
	}), 200)
	if small["fixed:"] != 153 || small["point"] != -1 {
		t.Errorf("small service: %v", small)
	}
	great := firstAlarms(posts("great", 200, func(m int) int {
		if m >= 150 {
			return 40
		}
		return 20
	}), 200)
	if great["fixed:"] != -1 || great["point"] == -1 {
		t.Errorf("great service: %v", great)
	}
}

// Mentions that are no complaints do not count, and the predicate of the moving average wants its own words.
func TestWhatCounts(t *testing.T) {
	t.Parallel()
	loud := func(kind event.Kind, phrase string) iter.Seq[event.Mention] {
		return func(yield func(event.Mention) bool) {
			for m := range posts("svc", 240, func(m int) int {
				if m >= 180 {
					return 30
				}
				return 0
			}) {
				m.Kind, m.Phrase = kind, phrase
				if !yield(m) {
					return
				}
			}
		}
	}
	for method, minute := range firstAlarms(loud(event.Joke, "#svcdown"), 240) {
		if minute != -1 {
			t.Errorf("%s calls for jokes", method)
		}
	}
	got := firstAlarms(loud(event.Question, "non funziona"), 240)
	if got["EWMA"] != -1 || got["point"] == -1 {
		t.Errorf("words in another language: %v", got)
	}
}
