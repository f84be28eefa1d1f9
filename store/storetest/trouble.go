package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
)

// An owner's connection breaks while it works on records. The stand-by gets those and all that follow; when the old
// owner is back it stands by, and what it then takes over harms nobody.
func examVanished(t *testing.T, s LogServer) {
	writer, second := openLog(t, s), closed(t, s.OpenBrisk(t))
	first, cut, mend := s.OpenFragile(t)
	closed(t, first)

	var hold atomic.Bool
	holding, release := make(chan struct{}, 1), make(chan struct{})
	const part = 20
	fill(t, writer, 0, part)
	owner := read(t, first.ConsumeMentions, "c", func([]event.MentionRecord) error {
		if hold.CompareAndSwap(true, false) {
			holding <- struct{}{}
			<-release
		}
		return nil
	})
	Eventually(t, "the owner is served", func() bool { return len(owner.all()) == part })
	Eventually(t, "all is acknowledged", func() bool {
		acked, err := writer.MentionsAcked(t.Context(), "c")
		return err == nil && acked == part
	})
	hold.Store(true)
	fill(t, writer, part, part)
	<-holding
	standby := read(t, second.ConsumeMentions, "c", nil)
	cut()
	fill(t, writer, 2*part, part)
	Eventually(t, "the stand-by has taken over", func() bool { return len(standby.all()) >= 2*part })
	if diff := cmp.Diff(upTo(3 * part)[part:], seqs(standby.all())); diff != "" {
		t.Errorf("stand-by (-want +got):\n%s", diff)
	}

	mend()
	close(release)
	Eventually(t, "the old owner can be reached", func() bool { _, err := first.Ping(t.Context()); return err == nil })
	fill(t, writer, 3*part, part)
	Eventually(t, "the stand-by goes on", func() bool { all := seqs(standby.all()); return all[len(all)-1] == 4*part })
	if diff := cmp.Diff(upTo(4 * part)[part:], seqs(standby.all())); diff != "" {
		t.Errorf("stand-by (-want +got):\n%s", diff)
	}
	if got := seqs(owner.all()); !slices.IsSorted(got) || got[len(got)-1] > 2*part {
		t.Errorf("the old owner got %v", got)
	}
}

// consumerState asks the server about a consumer.
func consumerState(t *testing.T, s LogServer, name string) (pinned bool, redelivered int) {
	t.Helper()
	var answer struct {
		PriorityGroups []struct {
			PinnedClientID string `json:"pinned_client_id"`
		} `json:"priority_groups"`
		Redelivered int `json:"num_redelivered"`
	}
	raw := s.Request(t, "$JS.API.CONSUMER.INFO.MENTIONS."+name, nil, "")
	if err := json.Unmarshal([]byte(raw), &answer); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	for _, group := range answer.PriorityGroups {
		pinned = pinned || group.PinnedClientID != ""
	}
	return pinned, answer.Redelivered
}

func examSlow(t *testing.T, s LogServer) {
	l := closed(t, s.OpenBrisk(t))
	const part = 50
	fill(t, l, 0, part)
	var once atomic.Bool
	holding, release := make(chan struct{}), make(chan struct{})
	r := read(t, l.ConsumeMentions, "c", func([]event.MentionRecord) error {
		if once.CompareAndSwap(false, true) {
			close(holding)
			<-release
		}
		return nil
	})
	<-holding
	Eventually(t, "the server takes the place away", func() bool { pinned, _ := consumerState(t, s, "c"); return !pinned })
	fill(t, l, part, part)
	close(release)
	Eventually(t, "all records came", func() bool { return len(r.all()) >= 2*part })
	Eventually(t, "all is acknowledged", func() bool {
		acked, err := l.MentionsAcked(t.Context(), "c")
		return err == nil && acked == 2*part
	})
	if diff := cmp.Diff(upTo(2*part), seqs(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func examConsumerDeleted(t *testing.T, s LogServer) {
	l := openLog(t, s)
	const part = 30
	fill(t, l, 0, part)
	r := read(t, l.ConsumeMentions, "c", nil)
	for round := 1; round <= 3; round++ {
		Eventually(t, "the records came", func() bool { return len(r.all()) == round*part })
		s.Request(t, "$JS.API.CONSUMER.DELETE.MENTIONS.c", nil, "")
		fill(t, l, round*part, part)
	}
	Eventually(t, "the last records came", func() bool { return len(r.all()) == 4*part })
	if diff := cmp.Diff(upTo(4*part), seqs(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func examStreamDeleted(t *testing.T, s LogServer) {
	l := openLog(t, s)
	fill(t, l, 0, 5)
	r := read(t, l.ConsumeMentions, "c", nil)
	Eventually(t, "the records came", func() bool { return len(r.all()) == 5 })
	s.Request(t, "$JS.API.STREAM.DELETE.MENTIONS", nil, "")
	if err := r.wait(t); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("reading a deleted stream ended with %v", err)
	}
	if err := l.Append(t.Context(), []event.Pack{NewPack("s", 9, 1)}, nil); err == nil {
		t.Error("appending to a deleted stream gave no error")
	}
	// Another process makes the stream anew; whoever had read more than it holds must say so.
	other := openLog(t, s)
	fill(t, other, 0, 1)
	again := read(t, other.ConsumeMentions, "c", nil)
	Eventually(t, "the new stream is read", func() bool { return len(again.all()) == 1 })
}

// Many packs of many sizes, in batches that meet every bound of a pull, while reading goes on.
func examFlood(t *testing.T, s LogServer) {
	l := openLog(t, s)
	r := read(t, l.ConsumeMentions, "c", nil)
	var want []string
	number := 0
	for call := range 30 {
		var packs []event.Pack
		for i := range 20 {
			size := 1 + (call*20+i)*37%256
			packs = append(packs, NewPack(fmt.Sprintf("s%d", i), number, size))
			number += size
		}
		mustAppend(t, l, packs, []event.Mark{NewMark("a", call)})
		want = append(want, postsOf(packs, []event.Mark{NewMark("a", call)})...)
	}
	Eventually(t, "the flood came through", func() bool { return len(posts(r.all())) >= len(want) })
	if diff := cmp.Diff(want, posts(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, name := range []string{"late", "later"} {
		late := read(t, l.ConsumeMentions, name, nil)
		Eventually(t, "a late reader gets all", func() bool { return len(posts(late.all())) >= len(want) })
		if diff := cmp.Diff(want, posts(late.all())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if err := late.stop(t); !errors.Is(err, context.Canceled) {
			t.Errorf("the consumer ended with %v", err)
		}
	}
}
