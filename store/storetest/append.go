package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
)

func mustAppend(t *testing.T, l Log, packs []event.Pack, marks []event.Mark) {
	t.Helper()
	if err := l.Append(t.Context(), packs, marks); err != nil {
		t.Fatalf("Append: %v", err)
	}
}

// stored reads what the stream of mentions holds.
func stored(t *testing.T, l Log) []event.MentionRecord {
	t.Helper()
	var all []event.MentionRecord
	err := l.ReadMentions(t.Context(), 0, 0, func(_ context.Context, batch []event.MentionRecord) error {
		all = append(all, batch...)
		return nil
	})
	if err != nil {
		t.Fatalf("ReadMentions: %v", err)
	}
	return all
}

func examMentions(t *testing.T, s LogServer) {
	l := openLog(t, s)
	if rtt, err := l.Ping(t.Context()); err != nil || rtt <= 0 {
		t.Errorf("Ping: %v, %v", rtt, err)
	}
	packs := []event.Pack{NewPack("whatsapp", 0, 3), NewPack("x", 3, 1)}
	marks := []event.Mark{NewMark("My feed: è.*>", 1), {Source: "bluesky", At: begin(), Blind: true}}
	mustAppend(t, l, packs, marks)
	want := []event.MentionRecord{
		{Seq: 1, Pack: &packs[0]}, {Seq: 2, Pack: &packs[1]}, {Seq: 3, Mark: &marks[0]}, {Seq: 4, Mark: &marks[1]},
	}
	r := read(t, l.ConsumeMentions, "counter-0 of 1", nil)
	Eventually(t, "all records came", func() bool { return len(r.all()) >= len(want) })
	if diff := cmp.Diff(want, r.all()); diff != "" {
		t.Errorf("consumed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, stored(t, l)); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	Eventually(t, "all is acknowledged", func() bool {
		acked, err := l.MentionsAcked(t.Context(), "counter-0 of 1")
		return err == nil && acked == 4
	})
	if acked, err := l.MentionsAcked(t.Context(), "nobody"); err != nil || acked != 0 {
		t.Errorf("nobody has acknowledged %d, %v", acked, err)
	}
	if err := l.Append(t.Context(), nil, nil); err != nil {
		t.Errorf("appending nothing: %v", err)
	}
	mustAppend(t, l, nil, marks[:1])
	Eventually(t, "a record that comes later comes", func() bool { return len(r.all()) == 5 })
}

func examOrder(t *testing.T, s LogServer) {
	l := openLog(t, s)
	var want []string
	for call := range 20 {
		var packs []event.Pack
		for i := range 100 {
			packs = append(packs, NewPack(fmt.Sprintf("s%d", i), call*100+i, 1))
		}
		marks := []event.Mark{NewMark("a", call), NewMark("b", call), NewMark("c", call)}
		mustAppend(t, l, packs, marks)
		want = append(want, postsOf(packs, marks)...)
	}
	r := read(t, l.ConsumeMentions, "c", nil)
	Eventually(t, "all records came", func() bool { return len(posts(r.all())) >= len(want) })
	if diff := cmp.Diff(want, posts(r.all())); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	seq := uint64(0)
	for _, record := range r.all() {
		if record.Seq != seq+1 {
			t.Fatalf("record %d follows %d", record.Seq, seq)
		}
		seq = record.Seq
	}
	if most := slices.Max(r.sizes); most > 512 {
		t.Errorf("a batch held %d messages", most)
	}
}

func examFolding(t *testing.T, s LogServer) {
	l := openLog(t, s)
	packs := []event.Pack{NewPack("whatsapp", 0, 300), NewPack("x", 0, 300)}
	blind := NewMark("a", 1)
	blind.Blind = true
	mustAppend(t, l, packs, []event.Mark{NewMark("a", 1), blind})
	once := stored(t, l)
	mustAppend(t, l, packs, []event.Mark{NewMark("a", 1)})
	mustAppend(t, openLog(t, s), packs, nil)
	twice := stored(t, l)
	if diff := cmp.Diff(append(posts(once), "mark a 1"), posts(twice)); diff != "" {
		t.Errorf("after a repeat (-want +got):\n%s", diff)
	}
	// Another content of the same size is another message.
	mustAppend(t, l, []event.Pack{NewPack("whatsapp", 1, 300)}, nil)
	if got := len(stored(t, l)); got != len(twice)+2 {
		t.Errorf("the stream holds %d messages, want %d", got, len(twice)+2)
	}
}

func examSizes(t *testing.T, s LogServer) {
	l := openLog(t, s)
	pack := NewPack("whatsapp", 0, 1000)
	for i := range pack.Mentions {
		pack.Mentions[i].Place = strings.Repeat("ø", 2000) // 4 kB each
	}
	monster := NewPack("whatsapp", 1000, 1)
	monster.Mentions[0].URL = strings.Repeat("x", 2<<20)
	with := event.Pack{Service: "whatsapp", Mentions: append(slices.Clone(pack.Mentions), monster.Mentions...)}
	mustAppend(t, l, []event.Pack{with}, []event.Mark{NewMark("a", 1)})
	records := stored(t, l)
	if diff := cmp.Diff(postsOf([]event.Pack{pack}, []event.Mark{NewMark("a", 1)}), posts(records)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, record := range records {
		if record.Pack != nil && len(record.Pack.Mentions) > 256 {
			t.Errorf("message %d holds %d mentions", record.Seq, len(record.Pack.Mentions))
		}
	}
}

func examBadService(t *testing.T, s LogServer) {
	l := openLog(t, s)
	for _, service := range []string{"", "a.b", "a b", "*", ">", "Größe", "A"} {
		if err := l.Append(t.Context(), []event.Pack{NewPack(service, 0, 1)}, nil); err == nil {
			t.Errorf("mention of service %q was accepted", service)
		}
		if err := l.PublishReadings(t.Context(), []event.Reading{NewReading(service, 0)}, NewTick(0, 0)); err == nil {
			t.Errorf("reading of service %q was accepted", service)
		}
		if err := l.PublishOutage(t.Context(), NewEvent("01A", 1, service, event.TypeConfirmed)); err == nil {
			t.Errorf("event of service %q was accepted", service)
		}
	}
}

func examCursors(t *testing.T, s LogServer) {
	l := openLog(t, s)
	names := []string{"bluesky", "", "file:/tmp/a b.ndjson", "a.b", "a_2eb", "ä", "A", "a", ">", "*", "_", ".", strings.Repeat("long", 40)}
	for i, name := range names {
		if cursor, err := l.Cursor(t.Context(), name); err != nil || cursor != "" {
			t.Errorf("new source %q has cursor %q, %v", name, cursor, err)
		}
		for _, cursor := range []string{"old", fmt.Sprintf("cursor %d\n\x00", i)} {
			if err := l.SaveCursor(t.Context(), name, cursor); err != nil {
				t.Errorf("SaveCursor(%q): %v", name, err)
			}
		}
	}
	other := openLog(t, s)
	for i, name := range names {
		if cursor, err := other.Cursor(t.Context(), name); err != nil || cursor != fmt.Sprintf("cursor %d\n\x00", i) {
			t.Errorf("source %q has cursor %q, %v", name, cursor, err)
		}
	}
}

func examReadPart(t *testing.T, s LogServer) {
	l := openLog(t, s)
	for i := range 10 {
		mustAppend(t, l, []event.Pack{NewPack("s", i, 1)}, nil)
	}
	for _, tc := range []struct{ from, until, first, last uint64 }{
		{0, 0, 1, 10}, {1, 0, 1, 10}, {3, 5, 3, 5}, {4, 4, 4, 4}, {9, 100, 9, 10}, {10, 0, 10, 10}, {11, 0, 0, 0}, {50, 60, 0, 0}, {6, 5, 0, 0},
	} {
		var got, want []uint64
		for seq := tc.first; seq > 0 && seq <= tc.last; seq++ {
			want = append(want, seq)
		}
		err := l.ReadMentions(t.Context(), tc.from, tc.until, func(_ context.Context, batch []event.MentionRecord) error {
			for _, record := range batch {
				got = append(got, record.Seq)
			}
			return nil
		})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("from %d until %d: %v (-want +got):\n%s", tc.from, tc.until, err, diff)
		}
	}
	stop := errors.New("stop")
	if err := l.ReadMentions(t.Context(), 0, 0, func(context.Context, []event.MentionRecord) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the handler's error came back as %v", err)
	}
	ended, cancel := context.WithTimeout(t.Context(), time.Minute)
	cancel()
	if err := l.ReadMentions(ended, 0, 0, func(context.Context, []event.MentionRecord) error { return nil }); err == nil {
		t.Error("reading under an ended context gave no error")
	}
}

func examReadings(t *testing.T, s LogServer) {
	l := openLog(t, s)
	unheard := NewTick(0, 1)
	unheard.Unheard, unheard.Blind = true, []string{"bluesky"}
	first := []event.Reading{NewReading("whatsapp", 1), NewReading("x", 1)}
	publish := func(readings []event.Reading, tick event.Tick) {
		t.Helper()
		if err := l.PublishReadings(t.Context(), readings, tick); err != nil {
			t.Fatalf("PublishReadings: %v", err)
		}
	}
	for range 2 { // the second time is folded
		publish(nil, unheard)
		publish(first, NewTick(0, 1))
		publish(nil, NewTick(1, 1))
		publish([]event.Reading{NewReading("x", 2)}, NewTick(0, 2))
	}
	ticks := []event.Tick{NewTick(0, 1), NewTick(1, 1), NewTick(0, 2)}
	third := NewReading("x", 2)
	want := []event.ReadingRecord{
		{Seq: 1, Tick: &unheard}, {Seq: 2, Reading: &first[0]}, {Seq: 3, Reading: &first[1]}, {Seq: 4, Tick: &ticks[0]},
		{Seq: 5, Tick: &ticks[1]}, {Seq: 6, Reading: &third}, {Seq: 7, Tick: &ticks[2]},
	}
	r := read(t, l.ConsumeReadings, "judge", nil)
	Eventually(t, "all records came", func() bool { return len(r.all()) >= len(want) })
	if diff := cmp.Diff(want, r.all()); diff != "" {
		t.Errorf("consumed (-want +got):\n%s", diff)
	}
	var got []event.ReadingRecord
	err := l.ReadReadings(t.Context(), 2, 4, func(_ context.Context, batch []event.ReadingRecord) error {
		got = append(got, batch...)
		return nil
	})
	if diff := cmp.Diff(want[1:4], got); diff != "" || err != nil {
		t.Errorf("read: %v (-want +got):\n%s", err, diff)
	}
	Eventually(t, "all is acknowledged", func() bool {
		acked, err := l.ReadingsAcked(t.Context(), "judge")
		return err == nil && acked == 7
	})
}
