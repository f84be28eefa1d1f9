package score_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/score"
)

func TestReadSeries(t *testing.T) {
	t.Parallel()
	at := time.Date(2015, 2, 26, 21, 42, 53, 0, time.UTC)
	want := []score.Point{{Time: at, Value: 104}, {Time: at.Add(5 * time.Minute), Value: 0.5}}
	for name, text := range map[string]string{
		"with a header":       "timestamp,value\n2015-02-26 21:42:53,104\n2015-02-26 21:47:53,0.5\n",
		"without":             "2015-02-26 21:42:53,104\n2015-02-26 21:47:53,0.5",
		"RFC 3339":            "timestamp,value\n2015-02-26T21:42:53Z,104\n2015-02-26T22:47:53+01:00,5e-1\n",
		"columns swapped":     "value,label,timestamp\n104,x,2015-02-26 21:42:53\n0.5,y,2015-02-26 21:47:53\n",
		"Windows, mark, gaps": "\ufefftimestamp,value\r\n\r\n2015-02-26 21:42:53,104\r\n\r\n\"2015-02-26 21:47:53\", 0.5 \r\n",
	} {
		got, err := score.ReadSeries(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadSeriesNamesTheBadLine(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"time":      {"timestamp,value\nyesterday,4\n", `line 2: timestamp "yesterday" is neither`},
		"value":     {"timestamp,value\n\n2015-02-26 21:42:53,many\n", `line 3: value "many" is not a count`},
		"negative":  {"2015-02-26 21:42:53,-1\n", `line 1: value "-1" is not a count`},
		"no number": {"2015-02-26 21:42:53,NaN\n", `line 1: value "NaN" is not a count`},
		"missing":   {"2015-02-26 21:42:53,\n", `line 1: value "" is not a count`},
		"infinite":  {"2015-02-26 21:42:53,Inf\n", `line 1: value "Inf" is not a count`},
		"columns":   {"2015-02-26 21:42:53\n", "line 1: has 1 columns"},
		"order":     {"2015-02-26 21:42:53,1\n2015-02-26 21:42:52,1\n", "line 2: its time is before"},
		"length":    {"timestamp,value\n" + strings.Repeat("x", 1<<17), "line 2: "},
	} {
		_, err := score.ReadSeries(strings.NewReader(tc.text))
		if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want %q", name, err, tc.want)
		}
	}
}

func TestWriteSeries(t *testing.T) {
	t.Parallel()
	at := time.Date(2015, 2, 26, 21, 42, 53, 0, time.UTC)
	var b bytes.Buffer
	err := score.WriteSeries(&b, []score.Point{{Time: at, Value: 104}, {Time: at.Add(time.Minute), Value: 0.25}}, []float64{0, 0.515625})
	if err != nil {
		t.Fatal(err)
	}
	want := "timestamp,value,anomaly_score\n2015-02-26 21:42:53,104,0\n2015-02-26 21:43:53,0.25,0.515625\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	if err := score.WriteSeries(&b, make([]score.Point, 2), nil); err == nil {
		t.Error("points without scores are written")
	}
}

func FuzzReadSeries(f *testing.F) {
	f.Add("timestamp,value\n2015-02-26 21:42:53,104\n2015-02-26 21:47:53,99\n")
	f.Add("2015-02-26T21:42:53Z,1e300\n2915-02-26T21:42:53Z,0\n")
	f.Fuzz(func(t *testing.T, text string) {
		points, err := score.ReadSeries(strings.NewReader(text))
		if err != nil || len(points) > 100 {
			return
		}
		var b bytes.Buffer
		if err := score.WriteSeries(&b, points, make([]float64, len(points))); err != nil {
			t.Fatal(err)
		}
		for i, p := range points {
			if p.Value < 0 || (i > 0 && p.Time.Before(points[i-1].Time)) {
				t.Fatalf("accepted %v", p)
			}
		}
	})
}

func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(`{"v":3,"step":10}`))
	s := score.New(score.Default())
	feed(s, monday, 1, 2, 3)
	raw, err := s.MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := new(score.Scorer)
		if s.UnmarshalJSON(raw) != nil {
			return
		}
		if _, err := s.MarshalJSON(); err != nil {
			t.Fatal(err)
		}
	})
}
