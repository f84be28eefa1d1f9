package nats_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
)

// posts opens a log on a server that has a stream of somebody else's on the subject posts.>, with n messages.
func posts(t *testing.T, n int) (*nats.Log, jetstream.JetStream) {
	t.Helper()
	server, err := embedded.StartNATS(t.Context(), embedded.NATSConfig{Dir: t.TempDir()}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	log, err := nats.Open(t.Context(), nats.Config{InProcess: server}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := natsgo.Connect("", natsgo.InProcessServer(server))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn.Close()
		if err := errors.Join(log.Close(context.Background()), server.Close()); err != nil {
			t.Error(err)
		}
	})
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "POSTS", Subjects: []string{"posts.>"}}); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, err := js.Publish(t.Context(), "posts.a", fmt.Appendf(nil, "%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	return log, js
}

var errEnough = errors.New("enough")

// hear subscribes from a cursor until so many messages have come, and gives them with the last cursor.
func hear(t *testing.T, log *nats.Log, cursor string, n int) (all []string, last string) {
	t.Helper()
	err := log.Subscribe(t.Context(), "posts.>", cursor, func(_ context.Context, messages [][]byte, at string) error {
		for _, m := range messages {
			all = append(all, string(m))
		}
		if last = at; len(all) >= n {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("Subscribe = %v after %d messages", err, len(all))
	}
	return all, last
}

func TestSubscribe(t *testing.T) {
	t.Parallel()
	const n = 700
	log, js := posts(t, n)
	var cursors []string
	next := 0
	err := log.Subscribe(t.Context(), "posts.>", "", func(ctx context.Context, messages [][]byte, cursor string) error {
		for _, m := range messages {
			if want := fmt.Sprint(next); string(m) != want {
				t.Fatalf("message %q, want %q", m, want)
			}
			next++
		}
		cursors = append(cursors, cursor)
		if next == n {
			if _, err := js.Publish(ctx, "posts.b", fmt.Appendf(nil, "%d", n)); err != nil {
				t.Error(err)
			}
		}
		if next > n {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("Subscribe = %v", err)
	}
	if rest, _ := hear(t, log, cursors[len(cursors)-2], 1); len(rest) != 1 || rest[0] != fmt.Sprint(n) {
		t.Errorf("from the cursor before the last on came %q, want the last message", rest)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err = log.Subscribe(ctx, "posts.>", cursors[len(cursors)-1], func(_ context.Context, messages [][]byte, _ string) error {
		if len(messages) > 0 {
			t.Error("something came after the last message")
		}
		return nil
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Subscribe = %v", err)
	}
}

// TestAStreamThatWasMadeAnew: the numbers of its messages begin again, and say nothing of those that were read.
func TestAStreamThatWasMadeAnew(t *testing.T) {
	t.Parallel()
	log, js := posts(t, 10)
	_, cursor := hear(t, log, "", 10)
	if err := js.DeleteStream(t.Context(), "POSTS"); err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "POSTS", Subjects: []string{"posts.>"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(t.Context(), "posts.a", []byte("new")); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{cursor, "yesterday", "POSTS/1/x"} {
		if got, _ := hear(t, log, from, 1); len(got) != 1 || got[0] != "new" {
			t.Errorf("from %s on came %q, want the new message", from, got)
		}
	}
}

func TestSubscribeErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	log, js := posts(t, 1)
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "WORK", Subjects: []string{"work.>"}, Retention: jetstream.WorkQueuePolicy}); err != nil {
		t.Fatal(err)
	}
	never := func(context.Context, [][]byte, string) error { return nil }
	for subject, want := range map[string]string{
		"": "none of NATS", "outcry.mentions.a": "outcry itself publishes", "elsewhere.>": "nats stream add", "work.a": "retention limits",
	} {
		if err := log.Subscribe(t.Context(), subject, "", never); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: Subscribe = %v, want %q", subject, err, want)
		}
	}
}

func TestCheckSubject(t *testing.T) {
	t.Parallel()
	for subject, ok := range map[string]bool{
		"posts.>": true, "posts": true, "posts.*.de": true, "outcry-posts.>": true,
		"": false, "posts..a": false, "posts.": false, ".posts": false, "posts a": false, "posts.>.a": false,
		"outcry.posts": false, "outcry": false, ">": false, "*.posts": false,
	} {
		if err := nats.CheckSubject(subject); (err == nil) != ok {
			t.Errorf("CheckSubject(%q) = %v", subject, err)
		}
	}
}
