package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
)

// Log is what every store of the log offers.
type Log interface {
	Append(ctx context.Context, packs []event.Pack, marks []event.Mark) error
	Cursor(ctx context.Context, source string) (string, error)
	SaveCursor(ctx context.Context, source, cursor string) error
	ConsumeMentions(ctx context.Context, name string, handle func(context.Context, []event.MentionRecord) error) error
	ReadMentions(ctx context.Context, from, until uint64, handle func(context.Context, []event.MentionRecord) error) error
	MentionsAcked(ctx context.Context, name string) (uint64, error)
	PublishReadings(ctx context.Context, readings []event.Reading, tick event.Tick) error
	ConsumeReadings(ctx context.Context, name string, handle func(context.Context, []event.ReadingRecord) error) error
	ReadReadings(ctx context.Context, from, until uint64, handle func(context.Context, []event.ReadingRecord) error) error
	ReadingsAcked(ctx context.Context, name string) (uint64, error)
	PublishOutage(ctx context.Context, e event.Event) error
	Outages(ctx context.Context) ([]event.Event, error)
	ConsumeOutages(ctx context.Context, name string, handle func(context.Context, event.Event) error) error
	StartOutages(ctx context.Context, name string, first func(ctx context.Context, past []event.Event) (int, error)) error
	LookAtOutages(ctx context.Context, name string, look func(context.Context, event.Event) (again time.Duration, err error)) error
	WatchOutages(ctx context.Context, subject string, handle func(context.Context, event.Event) error) error
	WatchAllOutages(ctx context.Context, subject string, handle func(context.Context, event.Event) error) error
	DeadLetter(ctx context.Context, notifier string, e event.Event, reason string) error
	Ping(ctx context.Context) (time.Duration, error)
	Close(ctx context.Context) error
}

// LogServer is a deployment of the log that has just been started and is empty.
type LogServer struct {
	// Open gives one more client, which keeps its place for so long that no slowness of the machine loses it. The exam
	// closes it.
	Open func(t *testing.T) Log
	// OpenBrisk gives one more client, whose stand-by takes over within a few seconds.
	OpenBrisk func(t *testing.T) Log
	// OpenFragile gives one more brisk client, whose connection can be cut and mended.
	OpenFragile func(t *testing.T) (l Log, cut, mend func())
	// Request sends a message past the Log, as a stranger would, or as we would if header is set, and returns the answer.
	Request func(t *testing.T, subject string, header map[string]string, body string) string
	// Letters lists the dead letters as "<notifier> <event> <reason>".
	Letters func(t *testing.T, l Log) []string
	// Crash kills the server and starts it again on what it has stored. nil: this deployment cannot.
	Crash func(t *testing.T)
}

// ExamLog examines a deployment of the log. Each exam gets a server of its own.
func ExamLog(t *testing.T, start func(t *testing.T) LogServer) {
	for _, exam := range []struct {
		name string
		run  func(*testing.T, LogServer)
	}{
		{"mentions come as they were written", examMentions},
		{"packs before marks", examOrder},
		{"a repeated pack is folded, a repeated mark is not", examFolding},
		{"large packs are split and monsters dropped", examSizes},
		{"services that cannot be subjects are refused", examBadService},
		{"cursors", examCursors},
		{"reading a part", examReadPart},
		{"readings and ticks", examReadings},
		{"a refused batch comes again", examRefusal},
		{"a new process goes on where the last one was", examResume},
		{"one process is served and the other stands by", examStandby},
		{"a stand-by takes over from one that vanished", examVanished},
		{"a slow handler loses its place and nothing else", examSlow},
		{"a deleted consumer goes on where it was", examConsumerDeleted},
		{"a deleted stream is loud", examStreamDeleted},
		{"a flood comes through whole", examFlood},
		{"strangers are passed over and corruption is loud", examStrangers},
		{"outages are published once, for ever", examOutagesOnce},
		{"notifiers get events in order", examNotifier},
		{"new notifiers begin where they should", examBeginning},
		{"events come again", examAgain},
		{"watching", examWatch},
		{"dead letters", examDeadLetters},
		{"a closed log ends its readers", examClose},
		{"nothing acknowledged is lost in a crash", examCrash},
	} {
		t.Run(exam.name, func(t *testing.T) {
			t.Parallel()
			exam.run(t, start(t))
		})
	}
}

// openLog gives a client that is closed with the test.
func openLog(t *testing.T, s LogServer) Log {
	t.Helper()
	return closed(t, s.Open(t))
}

// closed has a client closed with the test.
func closed(t *testing.T, l Log) Log {
	t.Helper()
	t.Cleanup(func() { closeLog(t, l) })
	return l
}

func closeLog(t *testing.T, l Log) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), Patience)
	defer cancel()
	if err := l.Close(ctx); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// reader collects what a consumer gets.
type reader[T any] struct {
	mu     sync.Mutex
	got    []T
	sizes  []int
	refuse func(batch []T) error

	cancel context.CancelFunc
	done   chan error
}

type consume[T any] func(ctx context.Context, name string, handle func(context.Context, []T) error) error

// read starts a consumer. refuse, if not nil, decides what the handler returns.
func read[T any](t *testing.T, run consume[T], name string, refuse func(batch []T) error) *reader[T] {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := &reader[T]{refuse: refuse, cancel: cancel, done: make(chan error, 1)}
	go func() { r.done <- run(ctx, name, r.handle) }()
	t.Cleanup(cancel)
	return r
}

func (r *reader[T]) handle(_ context.Context, batch []T) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refuse != nil {
		if err := r.refuse(batch); err != nil {
			return err
		}
	}
	r.got = append(r.got, batch...)
	r.sizes = append(r.sizes, len(batch))
	return nil
}

// all is what came so far.
func (r *reader[T]) all() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]T{}, r.got...)
}

// stop ends the consumer and waits for it.
func (r *reader[T]) stop(t *testing.T) error {
	t.Helper()
	r.cancel()
	return r.wait(t)
}

func (r *reader[T]) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-r.done:
		return err
	case <-time.After(Patience):
		t.Fatalf("the consumer did not end within %s", Patience)
		return nil
	}
}

// one makes a consumer of single events into one of batches.
func one(single func(context.Context, string, func(context.Context, event.Event) error) error) consume[event.Event] {
	return func(ctx context.Context, name string, handle func(context.Context, []event.Event) error) error {
		return single(ctx, name, func(ctx context.Context, e event.Event) error { return handle(ctx, []event.Event{e}) })
	}
}
