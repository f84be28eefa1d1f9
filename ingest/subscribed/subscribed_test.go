package subscribed_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/canonical"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/subscribed"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
)

func post(n int, text string) []byte {
	if text == ingesttest.Poison {
		return []byte(`{"id":`)
	}
	at := time.Date(2026, 7, 4, 14, 0, n, 0, time.UTC)
	if text == ingesttest.Ahead {
		at = at.AddDate(10, 0, 0)
	}
	raw, err := json.Marshal(event.Post{ID: fmt.Sprint(n), CreatedAt: at, Author: "a", Text: text})
	if err != nil {
		panic(err) // a post can always be encoded
	}
	return append(raw, '\n')
}

// stream starts a server with a stream of somebody else's that holds the texts, and opens a log on it through a wire.
func stream(t *testing.T, texts []string) (*nats.Log, *ingesttest.Wire) {
	t.Helper()
	server, err := embedded.StartNATS(t.Context(), embedded.NATSConfig{Dir: t.TempDir(), Listen: "127.0.0.1:0"}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := natsgo.Connect("", natsgo.InProcessServer(server))
	if err != nil {
		t.Fatal(err)
	}
	wire := ingesttest.NewWire(t)
	log, err := nats.Open(t.Context(), nats.Config{URL: "nats://" + wire.Proxy(t, strings.TrimPrefix(server.ClientURL(), "nats://"))}, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn.Close()
		if err := errors.Join(log.Close(context.Background()), server.Close()); err != nil {
			t.Error(err)
		}
	})
	publish(t, conn, texts)
	return log, wire
}

func publish(t *testing.T, conn *natsgo.Conn, texts []string) {
	t.Helper()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "POSTS", Subjects: []string{"posts.>", "others.>"}, Storage: jetstream.MemoryStorage}); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if i%50 == 0 { // positions in the stream are not without gaps for the subject
			if _, err := js.PublishAsync("others.a", []byte("{}")); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := js.PublishAsync("posts.a", post(i, text)); err != nil {
			t.Fatal(err)
		}
	}
	<-js.PublishAsyncComplete()
}

// TestExam reads from a real server. The connection is not cut at every byte, because the client of NATS waits ever longer after each
// handshake that fails; it is cut, stalled and garbled a hundred times like those of others.
func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	ingesttest.Examine(t, ingesttest.Subject{Resumes: true, Waste: 20 << 10, Start: func(t *testing.T, texts []string) ingesttest.Upstream {
		t.Helper()
		log, wire := stream(t, texts)
		s, err := subscribed.New(subscribed.Config{Subject: "posts.>", Format: canonical.New("posts")}, log)
		if err != nil {
			t.Fatal(err)
		}
		return ingesttest.Upstream{Source: s, Wire: wire}
	}})
}

// none is a sieve that lets nothing pass.
type none struct{}

func (none) Pass([]byte) bool { return false }

// shelf gives what lies on it.
type shelf [][]byte

// Subscribe implements subscribed.Subscriber.
func (s shelf) Subscribe(ctx context.Context, _, _ string, handle func(context.Context, [][]byte, string) error) error {
	return handle(ctx, s, "here")
}

// batches gives each of its batches, the n-th with the cursor n.
type batches [][]string

// Subscribe implements subscribed.Subscriber.
func (all batches) Subscribe(ctx context.Context, _, _ string, handle func(context.Context, [][]byte, string) error) error {
	if err := handle(ctx, nil, ""); err != nil {
		return err
	}
	for i, texts := range all {
		var messages [][]byte
		for j, text := range texts {
			messages = append(messages, post(10*i+j, text))
		}
		if err := handle(ctx, messages, fmt.Sprint(i)); err != nil {
			return err
		}
	}
	return nil
}

// TestWhatCannotBeReadIsNotPassedBeforeMoreComes: a connection that breaks may have left of a message something that is none.
func TestWhatCannotBeReadIsNotPassedBeforeMoreComes(t *testing.T) {
	t.Parallel()
	const bad = ingesttest.Poison
	s, err := subscribed.New(subscribed.Config{Subject: "posts.>", Format: canonical.New("posts"), Sieve: none{}},
		batches{{"a", bad}, {bad, "a"}, {bad}, {bad}, {"a"}})
	if err != nil {
		t.Fatal(err)
	}
	var cursors []string
	dropped := 0
	err = s.Read(t.Context(), "before", func(_ context.Context, b ingest.Batch) error {
		cursors = append(cursors, b.Cursor)
		for _, n := range b.Dropped {
			dropped += n
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"before", "before", "1", "1", "2", "4"}, cursors); diff != "" || dropped != 4 {
		t.Errorf("%d dropped, want 4; cursors -want +got\n%s", dropped, diff)
	}
}

func TestSieveAndClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 4, 14, 0, 1, 0, time.UTC)
	var all shelf
	for i := range 90 {
		all = append(all, post(i, "a"))
	}
	s, err := subscribed.New(subscribed.Config{
		Subject: "posts.>", Format: canonical.New("posts"), Sieve: none{}, Now: func() time.Time { return now },
	}, all)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		if len(b.Posts) != 1 || b.Seen != 90 || b.Cursor != "here" || !b.Through.Equal(now.Add(time.Minute)) {
			t.Errorf("%d posts of %d, want the last alone; cursor %q, through %v", len(b.Posts), b.Seen, b.Cursor, b.Through)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	for _, bad := range []subscribed.Config{{Format: canonical.New("posts")}, {Subject: "posts.>"}} {
		if _, err := subscribed.New(bad, nil); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
