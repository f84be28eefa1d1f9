package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
)

var errRefused = errors.New("not now")

// fill appends count packs of one mention each, numbered from first.
func fill(t *testing.T, l Log, first, count int) {
	t.Helper()
	packs := make([]event.Pack, 0, count)
	for i := range count {
		packs = append(packs, NewPack("s", first+i, 1))
	}
	mustAppend(t, l, packs, nil)
}

func seqs(records []event.MentionRecord) []uint64 {
	out := make([]uint64, 0, len(records))
	for _, r := range records {
		out = append(out, r.Seq)
	}
	return out
}

// upTo lists 1 to n.
func upTo(n int) []uint64 {
	out := make([]uint64, 0, n)
	for i := range n {
		out = append(out, uint64(i+1))
	}
	return out
}

func examRefusal(t *testing.T, s LogServer) {
	l := openLog(t, s)
	const total = 700
	fill(t, l, 0, total)
	tries := map[uint64]int{}
	var shown [][]uint64
	r := read(t, l.ConsumeMentions, "c", func(batch []event.MentionRecord) error {
		first := batch[0].Seq
		tries[first]++
		if tries[first] < 3 {
			shown = append(shown, seqs(batch))
			return errRefused
		}
		if again := shown[len(shown)-1]; !slices.Equal(again, seqs(batch)) {
			return fmt.Errorf("shown %d records, then %d", len(again), len(batch))
		}
		return nil
	})
	Eventually(t, "all records came", func() bool { return len(r.all()) >= total })
	if diff := cmp.Diff(upTo(total), seqs(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := r.stop(t); !errors.Is(err, context.Canceled) {
		t.Errorf("the consumer ended with %v", err)
	}
}

// A reader dies with records in its hands, again and again; those come first to the next one, although others wait.
func examResume(t *testing.T, s LogServer) {
	writer := closed(t, s.OpenBrisk(t))
	const rounds, each = 5, 40
	next := uint64(1)
	for round := range rounds {
		fill(t, writer, round*each, each)
		l := s.OpenBrisk(t)
		var held atomic.Bool
		taken := 0
		r := read(t, l.ConsumeMentions, "c", func(batch []event.MentionRecord) error {
			if taken++; taken > 1 {
				held.Store(true)
				return errRefused
			}
			return nil
		})
		Eventually(t, "a first batch came", func() bool { return len(r.all()) > 0 })
		fill(t, writer, 10_000+round*each, each)
		Eventually(t, "a second batch is held", held.Load)
		closeLog(t, l)
		if err := r.wait(t); err == nil {
			t.Error("the consumer of a closed log ended without an error")
		}
		// What was taken over may come once more, as its acknowledgement may be lost; nothing may be left out.
		for _, record := range r.all() {
			if record.Seq > next {
				t.Fatalf("round %d: record %d came where %d was due", round, record.Seq, next)
			}
			next = max(next, record.Seq+1)
		}
	}
	r := read(t, writer.ConsumeMentions, "c", nil)
	const total = 2 * rounds * each
	Eventually(t, "the rest came", func() bool { all := r.all(); return len(all) > 0 && all[len(all)-1].Seq == total })
	for _, record := range r.all() {
		if record.Seq > next {
			t.Fatalf("record %d came where %d was due", record.Seq, next)
		}
		next = max(next, record.Seq+1)
	}
}

func examStandby(t *testing.T, s LogServer) {
	writer, first, second := openLog(t, s), s.Open(t), openLog(t, s)
	const part = 30
	fill(t, writer, 0, part)
	owner := read(t, first.ConsumeMentions, "c", nil)
	Eventually(t, "the first process is served", func() bool { return len(owner.all()) == part })
	standby := read(t, second.ConsumeMentions, "c", nil)
	// Enough rounds for a stand-by that is served by mistake to show up.
	for round := 1; round <= 10; round++ {
		fill(t, writer, round*part, part)
		Eventually(t, "the owner is served", func() bool { return len(owner.all()) == (round+1)*part })
	}
	if n := len(standby.all()); n != 0 {
		t.Errorf("the stand-by got %d records", n)
	}
	if diff := cmp.Diff(upTo(11*part), seqs(owner.all())); diff != "" {
		t.Errorf("owner (-want +got):\n%s", diff)
	}
	acked := func() uint64 {
		n, err := writer.MentionsAcked(t.Context(), "c")
		if err != nil {
			return 0
		}
		return n
	}
	Eventually(t, "all is acknowledged", func() bool { return acked() == 11*part })
	closeLog(t, first)
	fill(t, writer, 11*part, part)
	Eventually(t, "the stand-by has taken over", func() bool { return len(standby.all()) >= part })
	if diff := cmp.Diff(upTo(12 * part)[11*part:], seqs(standby.all())); diff != "" {
		t.Errorf("stand-by (-want +got):\n%s", diff)
	}
}

func examStrangers(t *testing.T, s LogServer) {
	l := openLog(t, s)
	fill(t, l, 0, 1)
	for _, body := range []string{"", "\n", "{", "null", "[]", `{"source":"a"}`, `{"source":"a","post":"1","service":"other","kind":"report","at":"2021-10-04T15:40:00Z"}`, "\xff\xfe"} {
		s.Request(t, "outcry.mentions.s", nil, body)
		s.Request(t, "outcry.marks.s", nil, body)
		s.Request(t, "outcry.readings.s", nil, body)
		s.Request(t, "outcry.ticks.0", nil, body)
		s.Request(t, "outcry.outages.s.confirmed", nil, body)
	}
	s.Request(t, "outcry.mentions.s", nil, `{"source":"a","post":"1","service":"s","kind":"report","at":"2021-10-04T15:40:00Z","unknown":[1]}`)
	fill(t, l, 1, 1)
	const last = 1 + 16 + 2
	r := read(t, l.ConsumeMentions, "c", nil)
	Eventually(t, "what can be used came", func() bool { return len(r.all()) == 3 })
	if diff := cmp.Diff([]uint64{1, last - 1, last}, seqs(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	Eventually(t, "all is acknowledged", func() bool {
		acked, err := l.MentionsAcked(t.Context(), "c")
		return err == nil && acked == last
	})
	if events, err := l.Outages(t.Context()); err != nil || len(events) != 0 {
		t.Errorf("strangers' events: %v, %v", events, err)
	}
	if err := l.PublishOutage(t.Context(), NewEvent("01A", 1, "s", event.TypeConfirmed)); err != nil {
		t.Errorf("publishing after strangers: %v", err)
	}

	s.Request(t, "outcry.mentions.s", map[string]string{"Outcry-Format": "1"}, `{"source":`)
	fill(t, l, 2, 1)
	err := r.wait(t)
	if want := fmt.Sprintf("message %d of stream MENTIONS", last+1); err == nil || !strings.Contains(err.Error(), want) || len(r.all()) != 3 {
		t.Errorf("our own corrupt message gave %v after %d records, want an error that says %q after 3", err, len(r.all()), want)
	}
	if err := l.ReadMentions(t.Context(), 0, 0, func(context.Context, []event.MentionRecord) error { return nil }); err == nil {
		t.Error("reading over our own corrupt message gave no error")
	}
}

func examClose(t *testing.T, s LogServer) {
	l := s.Open(t)
	mentions := read(t, l.ConsumeMentions, "c", nil)
	readings := read(t, l.ConsumeReadings, "j", nil)
	events := read(t, one(l.ConsumeOutages), "n", nil)
	watched := read(t, one(l.WatchOutages), "", nil)
	fill(t, l, 0, 1)
	Eventually(t, "reading goes on", func() bool { return len(mentions.all()) == 1 })
	closeLog(t, l)
	closeLog(t, l)
	for name, err := range map[string]error{
		"mentions": mentions.wait(t), "readings": readings.wait(t), "events": events.wait(t), "watched": watched.wait(t),
		"append": l.Append(t.Context(), []event.Pack{NewPack("s", 9, 1)}, nil),
	} {
		if err == nil {
			t.Errorf("%s: no error from a closed log", name)
		}
	}
}

// The server is killed in the middle of everything, three times.
func examCrash(t *testing.T, s LogServer) {
	if s.Crash == nil {
		t.Log("this deployment cannot crash by itself")
		return
	}
	l := openLog(t, s)
	r := read(t, l.ConsumeMentions, "c", nil)
	n := read(t, one(l.ConsumeOutages), "ops", nil)
	w := read(t, one(l.WatchAllOutages), "", nil)
	probes := 0
	Eventually(t, "the notifier is known", func() bool {
		probes++
		return l.PublishOutage(t.Context(), NewEvent("01PROBE", probes, "s", event.TypeChanged)) == nil && len(n.all()) > 0
	})
	const rounds, each = 4, 50
	for round := range rounds {
		for i := range each {
			if i == each/2 && round > 0 {
				s.Crash(t)
			}
			number := round*each + i
			insist(t, "append", func() error {
				return l.Append(t.Context(), []event.Pack{NewPack("s", number, 1)}, []event.Mark{NewMark("a", number)})
			})
			if i%10 == 0 {
				insist(t, "publish", func() error {
					return l.PublishOutage(t.Context(), NewEvent("01A", number/10+1, "s", event.TypeChanged))
				})
			}
			insist(t, "cursor", func() error { return l.SaveCursor(t.Context(), "a", fmt.Sprint(number)) })
		}
	}
	want := fmt.Sprintf("mark a %d", rounds*each-1)
	Eventually(t, "the last record came", func() bool { got := posts(r.all()); return len(got) > 0 && got[len(got)-1] == want })
	checkNothingLost(t, r.all(), rounds*each)
	Eventually(t, "the last event came", func() bool { all := n.all(); return len(all) > 0 && all[len(all)-1].Data.Seq == rounds*each/10 })
	events, err := l.Outages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	Eventually(t, "whoever watches has seen all", func() bool { return len(w.all()) == len(events) })
	if diff := cmp.Diff(events, w.all()); diff != "" {
		t.Errorf("watched (-want +got):\n%s", diff)
	}
	seq := 0
	for _, e := range events {
		if e.Data.ID != "01A" {
			continue
		}
		if seq++; e.Data.Seq != seq {
			t.Fatalf("event %d stands where %d was due", e.Data.Seq, seq)
		}
	}
	if seq != rounds*each/10 {
		t.Errorf("the stream holds %d events, want %d", seq, rounds*each/10)
	}
	if cursor, err := l.Cursor(t.Context(), "a"); err != nil || cursor != fmt.Sprint(rounds*each-1) {
		t.Errorf("cursor %q, %v", cursor, err)
	}
}

// checkNothingLost examines that every post came, and none after the mark of its call.
func checkNothingLost(t *testing.T, records []event.MentionRecord, total int) {
	t.Helper()
	seen := map[string]bool{}
	seq := uint64(0)
	for _, record := range records {
		if record.Seq > seq+1 {
			t.Fatalf("record %d follows %d", record.Seq, seq)
		}
		seq = max(seq, record.Seq)
		for _, post := range posts([]event.MentionRecord{record}) {
			seen[post] = true
			var at int
			if _, err := fmt.Sscanf(post, "mark a %d", &at); err == nil && !seen[posts([]event.MentionRecord{{Pack: pointer(NewPack("s", at, 1))}})[0]] {
				t.Fatalf("mark %d came before its post", at)
			}
		}
	}
	if len(seen) != 2*total {
		t.Errorf("%d different posts and marks came, want %d", len(seen), 2*total)
	}
}

// insist repeats what fails, as every caller of the log does.
func insist(t *testing.T, what string, do func() error) {
	t.Helper()
	Eventually(t, what, func() bool { return do() == nil })
}

func pointer[T any](v T) *T { return &v }
