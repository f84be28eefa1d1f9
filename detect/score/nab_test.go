package score_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/detect/score"
	"github.com/outcry/outcry/internal/datatest"
)

// labelled is a series of the Numenta Anomaly Benchmark with its labelled windows.
type labelled struct {
	name    string
	points  []score.Point
	windows [][2]time.Time
}

// benchmark reads the series of mentions that are there, or skips the test.
func benchmark(t *testing.T) []labelled {
	t.Helper()
	dir := datatest.Path(t, "nab")
	var windows map[string][][2]string
	if err := json.Unmarshal(datatest.Read(t, "nab", "labels", "combined_windows.json"), &windows); err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for key, spans := range windows {
		f, err := os.Open(filepath.Join(dir, "data", filepath.FromSlash(key)))
		if err != nil || !strings.HasPrefix(key, "realTweets/") {
			continue
		}
		l := labelled{name: strings.TrimSuffix(filepath.Base(key), ".csv")}
		l.points, err = score.ReadSeries(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		for _, s := range spans {
			l.windows = append(l.windows, [2]time.Time{moment(t, s[0]), moment(t, s[1])})
		}
		out = append(out, l)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04:05.000000", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// tally counts what a threshold finds in a series after the benchmark's probation: windows hit, the mean position of the first
// hit, and episodes of false alarms, which are an hour apart.
type tally struct {
	windows, hits, rows, episodes int
	position                      float64
}

func (l *labelled) tally(scores []float64, threshold float64) tally {
	out := tally{windows: len(l.windows)}
	hit := make([]bool, len(l.windows))
	var last time.Time
	for i := int(math.Min(0.15*float64(len(scores)), 750)); i < len(scores); i++ {
		if scores[i] < threshold {
			continue
		}
		at, inside := l.points[i].Time, false
		for w, span := range l.windows {
			if at.Before(span[0]) || at.After(span[1]) {
				continue
			}
			inside = true
			if !hit[w] {
				hit[w] = true
				out.hits++
				out.position += at.Sub(span[0]).Seconds() / span[1].Sub(span[0]).Seconds()
			}
		}
		if inside {
			continue
		}
		out.rows++
		if last.IsZero() || at.Sub(last) > time.Hour {
			out.episodes++
		}
		last = at
	}
	return out
}

// TestBenchmarkSeries runs over real counts of mentions with labelled episodes, at the threshold 0.5.
func TestBenchmarkSeries(t *testing.T) {
	t.Parallel()
	var sum tally
	for _, l := range benchmark(t) {
		one := l.tally(score.Series(l.points), 0.5)
		t.Logf("%-22s windows %d of %d, false alarms %d in %d episodes", l.name, one.hits, one.windows, one.rows, one.episodes)
		sum.windows += one.windows
		sum.hits += one.hits
		sum.rows += one.rows
		sum.episodes += one.episodes
		sum.position += one.position
	}
	f1 := 2 * float64(sum.hits) / float64(sum.windows+sum.hits+sum.episodes)
	t.Logf("%-22s windows %d of %d, false alarms %d in %d episodes, F1 of episodes %.3f, mean position %.2f",
		"together", sum.hits, sum.windows, sum.rows, sum.episodes, f1, sum.position/float64(sum.hits))
	if f1 < 0.75 || sum.hits < sum.windows-2 {
		t.Errorf("found %d of %d windows with F1 %.3f", sum.hits, sum.windows, f1)
	}
}
