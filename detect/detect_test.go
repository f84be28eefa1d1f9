package detect_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/event"
)

// view is a View in memory that can be made to lose everything.
type view struct {
	pos    map[string]uint64
	hashes map[string]map[string]map[string][]byte
}

func newView() *view {
	return &view{pos: map[string]uint64{}, hashes: map[string]map[string]map[string][]byte{}}
}

func (v *view) Load(_ context.Context, group string, each func(key, field string, value []byte) error) (uint64, error) {
	for key, fields := range v.hashes[group] {
		for field, value := range fields {
			if err := each(key, field, value); err != nil {
				return 0, err
			}
		}
	}
	return v.pos[group], nil
}

func (v *view) Apply(_ context.Context, group string, from, to uint64, set map[string]map[string][]byte, del map[string][]string) (bool, error) {
	if v.pos[group] != from {
		return false, nil
	}
	if v.hashes[group] == nil {
		v.hashes[group] = map[string]map[string][]byte{}
	}
	for key, fields := range del {
		if fields == nil {
			delete(v.hashes[group], key)
		}
		for _, f := range fields {
			delete(v.hashes[group][key], f)
		}
	}
	for key, fields := range set {
		if v.hashes[group][key] == nil {
			v.hashes[group][key] = map[string][]byte{}
		}
		maps.Copy(v.hashes[group][key], fields)
	}
	v.pos[group] = to
	return true, nil
}

// logs are the two inner logs and what came out, in memory.
type logs struct {
	mentions []event.MentionRecord
	readings []event.ReadingRecord
	ids      map[string]bool
	events   []event.Event
	told     map[string]bool
}

func newLogs() *logs { return &logs{ids: map[string]bool{}, told: map[string]bool{}} }

func (l *logs) PublishReadings(_ context.Context, readings []event.Reading, tick event.Tick) error {
	for i := range readings {
		if id := fmt.Sprint(readings[i].Service, readings[i].At.Unix()); !l.ids[id] {
			l.ids[id] = true
			l.readings = append(l.readings, event.ReadingRecord{Seq: uint64(len(l.readings) + 1), Reading: &readings[i]})
		}
	}
	if id := fmt.Sprint("tick", tick.Partition, tick.At.Unix()); !l.ids[id] {
		l.ids[id] = true
		l.readings = append(l.readings, event.ReadingRecord{Seq: uint64(len(l.readings) + 1), Tick: &tick})
	}
	return nil
}

func (l *logs) PublishOutage(_ context.Context, e event.Event) error {
	if !l.told[e.ID] {
		l.told[e.ID] = true
		l.events = append(l.events, e)
	}
	return nil
}

var start = time.Date(2023, 3, 9, 6, 0, 0, 0, time.UTC)

// said is one voice of a made-up evening.
func said(service string, n uint64, at time.Time, kind event.Kind) event.Mention {
	return event.Mention{
		Source: "bluesky", Post: fmt.Sprintf("%s-%d", service, n), Service: service, At: at, Voice: n * 0x9e3779b97f4a7c15, Kind: kind,
		Lang: []string{"it", "en", "ja", "de", "hi"}[n%5], Country: []string{"IT", "GB", "JP", "DE", "IN"}[n%5], Phrase: "#" + service + "down",
		Symptoms: []event.Symptom{event.Video},
	}
}

// evening is four hours with a usual level of one complaint in five minutes, and an outage of 80 minutes after two.
func evening(seed uint64, services ...string) []event.Mention {
	r := rand.New(rand.NewPCG(seed, 1))
	var ms []event.Mention
	for k, service := range services {
		n := uint64(k+1) << 32
		onset := start.Add(2*time.Hour + time.Duration(k)*90*time.Second)
		for s := range 4 * 3600 {
			at := start.Add(time.Duration(s) * time.Second)
			rate := 1.0 / 300
			since := at.Sub(onset)
			switch {
			case since >= 0 && since < 80*time.Minute:
				rate = min(0.02+since.Minutes()*0.05, 1)
			case since >= 80*time.Minute:
				rate += 0.8 * max(0, 1-(since.Minutes()-80)/20)
			}
			kind := event.Report
			if since >= 80*time.Minute && r.Float64() < 0.7 {
				kind = event.Recovery
			}
			if r.Float64() < rate {
				n++
				ms = append(ms, said(service, n, at.Add(time.Duration(r.IntN(1000))*time.Millisecond), kind))
			}
		}
	}
	slices.SortFunc(ms, func(a, b event.Mention) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Post, b.Post))
	})
	return ms
}

const lateness = 20 * time.Second

// write puts mentions into the log in packs of about size, with marks between them.
func (l *logs) write(ms []event.Mention, size int) {
	newest := time.Time{}
	put := func(r event.MentionRecord) {
		r.Seq = uint64(len(l.mentions) + 1)
		l.mentions = append(l.mentions, r)
	}
	for chunk := range slices.Chunk(ms, size) {
		byService := map[string]*event.Pack{}
		for _, m := range chunk {
			if byService[m.Service] == nil {
				byService[m.Service] = &event.Pack{Service: m.Service}
			}
			byService[m.Service].Mentions = append(byService[m.Service].Mentions, m)
			if m.At.After(newest) {
				newest = m.At
			}
		}
		for _, s := range slices.Sorted(maps.Keys(byService)) {
			put(event.MentionRecord{Pack: byService[s]})
		}
		put(event.MentionRecord{Mark: &event.Mark{Source: "bluesky", At: newest.Add(-lateness).Truncate(event.Slot)}})
	}
	put(event.MentionRecord{Mark: &event.Mark{Source: "bluesky", At: newest.Truncate(event.Slot).Add(event.Slot), Ended: true}})
}

func config() detect.JudgeConfig {
	return detect.DefaultJudge([]event.Service{
		{ID: "tiktok", Name: "TikTok", Owner: "bytedance", Kind: "video"},
		{ID: "facebook", Name: "Facebook", Owner: "meta", Kind: "social"},
		{ID: "whatsapp", Name: "WhatsApp", Owner: "meta", Kind: "messaging"},
	}, map[string]string{"meta": "Meta"}, lateness)
}

// judge runs counters of all partitions and a judge over the log; batch records at a time.
func (l *logs) judge(t *testing.T, partitions, batch int) []event.Event {
	t.Helper()
	return l.judgeAs(t, config(), partitions, batch)
}

func (l *logs) judgeAs(t *testing.T, cfg detect.JudgeConfig, partitions, batch int) []event.Event {
	t.Helper()
	ctx := t.Context()
	for p := range partitions {
		c, err := detect.OpenCounter(ctx, p, partitions, nil, l, nil)
		if err != nil {
			t.Fatal(err)
		}
		for chunk := range slices.Chunk(l.mentions, batch) {
			if err := c.Apply(ctx, chunk); err != nil {
				t.Fatal(err)
			}
		}
	}
	j, err := detect.OpenJudge(ctx, cfg, nil, l, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Apply(ctx, l.readings); err != nil {
		t.Fatal(err)
	}
	return l.events
}

func run(t *testing.T, ms []event.Mention, size, partitions, batch int) []event.Event {
	t.Helper()
	l := newLogs()
	l.write(ms, size)
	return l.judge(t, partitions, batch)
}

func kinds(events []event.Event) []event.Type {
	var out []event.Type
	for i := range events {
		out = append(out, events[i].Kind())
	}
	return out
}

func TestOneOutageFromOnsetToEnd(t *testing.T) {
	t.Parallel()
	events := run(t, evening(6, "tiktok"), 50, 1, 100) // one that is suspected before it is confirmed; others are sure at once
	got := kinds(events)
	for _, want := range []event.Type{event.TypeSuspected, event.TypeConfirmed, event.TypeRecovering, event.TypeResolved} {
		if n := len(slices.DeleteFunc(slices.Clone(got), func(k event.Type) bool { return k != want })); n != 1 {
			t.Errorf("told %s %d times, want once; all: %v", want, n, got)
		}
	}
	onset := start.Add(2 * time.Hour)
	last := events[len(events)-1].Data
	if d := last.OnsetAt.Sub(onset).Abs(); d > 3*time.Minute {
		t.Errorf("onset %v, want about %v", last.OnsetAt, onset)
	}
	if d := last.ConfirmedAt.Sub(onset); d > 5*time.Minute {
		t.Errorf("confirmed %v after the onset", d)
	}
	if last.Name != "TikTok" || last.Waves != 1 || last.EndedAt == nil {
		t.Errorf("told %q, %d waves, ended %v", last.Name, last.Waves, last.EndedAt)
	}
}

func TestOneOwnerIsOneOutage(t *testing.T) {
	t.Parallel()
	events := run(t, evening(2, "facebook", "whatsapp"), 50, 1, 100)
	ids := map[string]bool{}
	for i := range events {
		ids[events[i].Data.ID] = true
	}
	last := events[len(events)-1].Data
	if len(ids) != 1 || last.Name != "Meta" || len(last.Services) != 2 {
		t.Errorf("%d outages, the last named %q with %d services; want one named Meta with 2", len(ids), last.Name, len(last.Services))
	}
	if last.Cause == nil || last.Cause.Basis != "owner" {
		t.Errorf("cause %+v, want the owner", last.Cause)
	}
}

// shuffle moves mentions about within the lateness.
func shuffle(ms []event.Mention, seed uint64) []event.Mention {
	r := rand.New(rand.NewPCG(seed, 2))
	type moved struct {
		at time.Time
		m  event.Mention
	}
	list := make([]moved, len(ms))
	for i, m := range ms {
		list[i] = moved{m.At.Add(time.Duration(r.Int64N(int64(lateness - time.Second)))), m}
	}
	slices.SortStableFunc(list, func(a, b moved) int { return a.at.Compare(b.at) })
	out := make([]event.Mention, len(ms))
	for i := range list {
		out[i] = list[i].m
	}
	return out
}

func TestSamePostsSameOutages(t *testing.T) {
	t.Parallel()
	ms := evening(3, "tiktok", "facebook", "whatsapp")
	want := encode(t, run(t, ms, 50, 1, 100))
	twice := make([]event.Mention, 0, 2*len(ms))
	for _, m := range ms {
		twice = append(twice, m, m)
	}
	tests := []struct {
		name                    string
		ms                      []event.Mention
		size, partitions, batch int
	}{
		{"other packs", ms, 7, 1, 100},
		{"other batches", ms, 50, 1, 1},
		{"three partitions", ms, 50, 3, 17},
		{"every post twice", twice, 50, 1, 100},
		{"out of order within the lateness", shuffle(ms, 1), 50, 1, 100},
		{"all of it", shuffle(twice, 2), 13, 4, 9},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := encode(t, run(t, tt.ms, tt.size, tt.partitions, tt.batch))
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("events differ (-want +got):\n%s", diff)
			}
		})
	}
}

func encode(t *testing.T, events []event.Event) []string {
	t.Helper()
	var lines []string
	for i := range events {
		b, err := json.Marshal(events[i])
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(b))
	}
	return lines
}

func TestRestartsAndLostViewsChangeNothing(t *testing.T) {
	t.Parallel()
	ms := evening(4, "tiktok", "facebook")
	for i := range ms {
		if ms[i].At.After(start.Add(2*time.Hour + 40*time.Minute)) { // what is said for the first time in the midst of an outage
			ms[i].Place, ms[i].With, ms[i].Blames = "Milano", []string{"whatsapp"}, "whatsapp"
		}
	}
	want := encode(t, run(t, ms, 20, 1, 10))
	for _, lose := range []bool{false, true} {
		t.Run(fmt.Sprintf("lose=%t", lose), func(t *testing.T) {
			t.Parallel()
			l, v := newLogs(), newView()
			l.write(ms, 20)
			r := rand.New(rand.NewPCG(5, 5))
			for i := range 40 {
				upTo := min(len(l.mentions), (i+1)*len(l.mentions)/40)
				l.live(t, v, upTo, 1+r.IntN(20))
				if lose && i%7 == 3 {
					v = newView()
				}
			}
			if diff := gocmp.Diff(want, encode(t, l.events)); diff != "" {
				t.Errorf("events differ (-want +got):\n%s", diff)
			}
		})
	}
}

// live opens a counter and a judge on the view, and lets them run until the log is read up to upTo.
func (l *logs) live(t *testing.T, v *view, upTo, batch int) {
	t.Helper()
	ctx := t.Context()
	c, err := detect.OpenCounter(ctx, 0, 1, v, l, nil)
	if err != nil {
		t.Fatal(err)
	}
	for chunk := range slices.Chunk(l.mentions[:upTo], batch) {
		if err := c.Apply(ctx, chunk); err != nil {
			t.Fatal(err)
		}
	}
	j, err := detect.OpenJudge(ctx, config(), v, l, nil)
	if err != nil {
		t.Fatal(err)
	}
	for chunk := range slices.Chunk(l.readings, batch) {
		if err := j.Apply(ctx, chunk); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnotherOwnersSaveIsSeen(t *testing.T) {
	t.Parallel()
	l, v := newLogs(), newView()
	l.write(evening(6, "tiktok")[:100], 10)
	first, err := detect.OpenCounter(t.Context(), 0, 1, v, l, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := detect.OpenCounter(t.Context(), 0, 1, v, l, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Apply(t.Context(), l.mentions[:5]); err != nil {
		t.Fatal(err)
	}
	if err := second.Apply(t.Context(), l.mentions[:7]); err == nil {
		t.Error("a second counter saved over the first one's windows, want ErrMoved")
	}
}

// ticks writes down the progress of a Counter.
type ticks []string

// PublishReadings implements detect.Readings.
func (l *ticks) PublishReadings(_ context.Context, _ []event.Reading, t event.Tick) error {
	*l = append(*l, fmt.Sprintf("%s since %s unheard=%t blind=%v", t.At.Format("15:04:05"), t.Since.Format("15:04:05"), t.Unheard, t.Blind))
	return nil
}

// TestASourceThatWasBlindFromTheStart holds that a source which could never be heard holds nobody back, that what is heard once it can
// be counts from then on, and that one which is blind after a restart stands where it stood.
func TestASourceThatWasBlindFromTheStart(t *testing.T) {
	t.Parallel()
	at := func(second int) time.Time { return time.Date(2026, 7, 4, 14, 0, second, 0, time.UTC) }
	dead := event.Mark{Source: "a", Blind: true}
	for name, tc := range map[string]struct {
		marks []event.Mark
		want  ticks
	}{
		"alone": {
			[]event.Mark{dead, {Source: "a", At: at(20), Since: at(0)}, {Source: "a", At: at(30)}},
			ticks{"14:00:20 since 14:00:00 unheard=false blind=[]", "14:00:30 since 14:00:00 unheard=false blind=[]"},
		},
		"beside another": {
			[]event.Mark{dead, {Source: "b", At: at(20), Since: at(0)}, {Source: "b", At: at(200)}, {Source: "a", At: at(190), Since: at(180)}, {Source: "b", At: at(210)}},
			ticks{
				"14:00:20 since 14:00:00 unheard=false blind=[a]", "14:03:20 since 14:00:00 unheard=false blind=[a]",
			},
		},
		"after a restart": {
			[]event.Mark{{Source: "a", At: at(20), Since: at(0)}, dead, {Source: "a", At: at(60)}},
			ticks{
				"14:00:20 since 14:00:00 unheard=false blind=[]", "14:01:00 since 14:00:00 unheard=true blind=[]", "14:01:00 since 14:00:00 unheard=false blind=[]",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got ticks
			c, err := detect.OpenCounter(t.Context(), 0, 1, nil, &got, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range tc.marks {
				if err := c.Apply(t.Context(), []event.MentionRecord{{Seq: uint64(i + 1), Mark: &tc.marks[i]}}); err != nil {
					t.Fatal(err)
				}
			}
			if diff := gocmp.Diff(tc.want, got); diff != "" {
				t.Errorf("ticks (-want +got):\n%s", diff)
			}
		})
	}
}
