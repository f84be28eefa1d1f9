package ingesttest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/ingest"
)

// Poison is the text of a message that a Subject must put among its messages as something no format can read.
const Poison = "poison"

// Ahead is the text of a post that a Subject must give a time ten years ahead of all others.
const Ahead = "ahead of its time"

// Upstream is where the source under examination reads from.
type Upstream struct {
	// Source reads from the upstream. The exam calls its Read again and again, as a Runner does.
	Source ingest.Source
	// Wire is what lies between the source and the other side. Needed if Subject.Cuts.
	Wire *Wire
	// Acked gives the texts of which the upstream has been told that they are safe. Nil: the source cannot tell anybody.
	Acked func() []string
}

// Subject is a source as it comes to the exam.
type Subject struct {
	// Start makes an upstream that holds posts with these texts in this order, and something unreadable for each Poison. It cleans up after itself.
	Start func(t *testing.T, texts []string) Upstream
	// Hasty is Start with a source that gives up after some hundred milliseconds of silence, where it can be told to. Nil: Start.
	Hasty func(t *testing.T, texts []string) Upstream
	// Ends says that Read returns nil once everything has been given.
	Ends bool
	// Resumes says that the source gives cursors.
	Resumes bool
	// Listens says that the source is called and calls nobody, so that it cannot know whether anybody reaches it.
	Listens bool
	// Cuts says that the source has connections that can break.
	Cuts bool
	// Waste is about how many bytes are for nothing when a connection breaks: a handshake, what comes again, what is nothing before it is whole.
	// So much further apart are the faults, or nothing would come through between them.
	Waste int
	// Anew says that on every connection everything comes from the beginning.
	Anew bool
}

// patience is how long the exam waits for what must happen. It bounds a failing exam only.
const patience = 5 * time.Minute

// Examine puts all questions to a source. It measures memory, so nothing else should run beside it: no t.Parallel.
func Examine(t *testing.T, s Subject) {
	t.Helper()
	questions := map[string]func(*testing.T, Subject){
		"order":      inOrder,
		"redelivery": redelivery,
		"poison":     poison,
		"burst":      burst,
		"faults":     faults,
		"shutdown":   shutdown,
		"skew":       skew,
		"silence":    silence,
	}
	if s.Resumes {
		questions["resume"] = resume
	}
	if s.Cuts {
		questions["cut"] = cut
	}
	for _, name := range slices.Sorted(maps.Keys(questions)) {
		t.Run(name, func(t *testing.T) { questions[name](t, s) })
	}
}

// texts makes n different texts of about the given size.
func texts(n, size int) []string {
	padding := strings.Repeat(" and so on", size/10)
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("post %d%s", i, padding)
	}
	return all
}

// drain calls Read, each time from the last safe cursor, until the ledger holds everything.
func drain(t *testing.T, s Subject, u Upstream, l *ledger) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		reading, stop := context.WithCancel(ctx)
		l.onComplete(stop, s.Ends)
		err := u.Source.Read(reading, l.safe(), l.sink)
		stop()
		switch {
		case l.complete() && (!s.Ends || err == nil):
			return
		case err == nil:
			t.Fatalf("Read ended with %d posts missing, of which the first is %.30q", l.missing(), l.firstMissing())
		case ctx.Err() != nil:
			t.Fatalf("after %v, %d posts are still missing, of which the first is %.30q; Read = %v", patience, l.missing(), l.firstMissing(), err)
		}
	}
}
