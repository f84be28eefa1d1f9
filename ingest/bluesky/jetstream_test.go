package bluesky_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/klauspost/compress/zstd"

	"github.com/outcry/outcry/ingest/bluesky"
	"github.com/outcry/outcry/ingest/ingesttest"
)

// first is the time of the first message of a fake Jetstream, and step the time between two.
var first = time.Date(2026, 7, 4, 14, 0, 0, 0, time.UTC)

const step = 100 * time.Millisecond

// timeOf is the time of the n-th message of a fake Jetstream.
func timeOf(n int, text string) time.Time {
	at := first.Add(time.Duration(n) * step)
	if text == ingesttest.Ahead {
		at = at.AddDate(10, 0, 0)
	}
	return at
}

// line makes the n-th message of a fake Jetstream.
func line(n int, text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return fmt.Sprintf(`{"did":"did:plc:a","time_us":%d,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"k%d","record":{"text":%s}}}`,
		timeOf(n, text).UnixMicro(), n, quoted)
}

// jetstream is a server that speaks as Jetstream does: it sends what came after the cursor, and then waits for more.
type jetstream struct {
	*httptest.Server
	wire  *ingesttest.Wire
	lines []string
	// linesV2, if set, are the same as version 2 has them.
	linesV2 []string
	// oldest is the index of the first line that the server still has.
	oldest int
	// refuse, if set, answers a request in place of the stream.
	refuse func(w http.ResponseWriter, r *http.Request) bool
	// hang has the server say nothing at all after the handshake.
	hang bool
	// dictionary is what messages are compressed with for those who ask for it; second is the one of version 2, nil: none.
	dictionary, second []byte
	// plain has the server compress nothing, whatever it is asked for, as one that stands between may.
	plain bool
	// broken has empty lines be frames that cannot be inflated.
	broken bool

	mu      sync.Mutex
	queries []url.Values
	frames  map[string][]byte
}

// newJetstream starts a server. Lines hold the n-th message at index n; other text there is sent as it is.
func newJetstream(t *testing.T, lines []string) *jetstream {
	t.Helper()
	j := &jetstream{lines: lines, wire: ingesttest.NewWire(t), frames: map[string][]byte{}, dictionary: []byte(bluesky.KnownDictionary())}
	j.Server = httptest.NewUnstartedServer(http.HandlerFunc(j.serve))
	j.Listener = j.wire.Listener(j.Listener)
	j.Start()
	t.Cleanup(j.Close)
	return j
}

// change gives the server another dictionary of version 2.
func (j *jetstream) change(dictionary []byte) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.second, j.frames = dictionary, map[string][]byte{}
}

func (j *jetstream) dictionaryNow() []byte {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.second
}

func (j *jetstream) asked() []url.Values {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]url.Values(nil), j.queries...)
}

func (j *jetstream) serve(w http.ResponseWriter, r *http.Request) {
	j.mu.Lock()
	j.queries = append(j.queries, r.URL.Query())
	j.mu.Unlock()
	if j.refuse != nil && j.refuse(w, r) {
		return
	}
	if strings.HasSuffix(r.URL.Path, "getZstdDictionary") {
		dictionary := j.dictionaryNow()
		if dictionary == nil {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(dictionary)
		return
	}
	write, ok := j.writer(w, r.URL.Query())
	if !ok {
		return
	}
	if j.broken {
		write = writeBroken(write)
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"xrpc.v1.json"}})
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	ctx := conn.CloseRead(r.Context())
	if !j.hang {
		j.send(ctx, r.URL, func(l string) error { return write(ctx, conn, l) })
	}
	<-ctx.Done()
}

type writeFunc func(ctx context.Context, conn *websocket.Conn, line string) error

func writePlain(ctx context.Context, conn *websocket.Conn, line string) error {
	return conn.Write(ctx, websocket.MessageText, []byte(line))
}

// writer says how messages are written for those who ask for q; not ok: they have been refused.
func (j *jetstream) writer(w http.ResponseWriter, q url.Values) (writeFunc, bool) {
	dictionary := j.dictionary
	switch id := q.Get("zstdDictionary"); {
	case j.plain:
		return writePlain, true
	case id != "":
		dictionary = j.dictionaryNow()
		if about, err := zstd.InspectDictionary(dictionary); err != nil || id != fmt.Sprint(about.ID()) {
			http.Error(w, `{"error":"UnknownZstdDictionary","message":"another"}`, http.StatusBadRequest)
			return nil, false
		}
	case q.Get("compress") != "true":
		return writePlain, true
	}
	deflate, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<17), zstd.WithEncoderConcurrency(1))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return nil, false
	}
	return func(ctx context.Context, conn *websocket.Conn, line string) error {
		return conn.Write(ctx, websocket.MessageBinary, j.frame(deflate, line))
	}, true
}

// frame compresses a line, each only once, because many connections in a row ask for the same.
func (j *jetstream) frame(deflate *zstd.Encoder, line string) []byte {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.frames[line] == nil {
		j.frames[line] = bytes.Clone(deflate.EncodeAll([]byte(line), nil))
	}
	return j.frames[line]
}

func (j *jetstream) send(ctx context.Context, asked *url.URL, write func(line string) error) {
	lines := j.lines
	if j.linesV2 != nil && strings.HasSuffix(asked.Path, second) {
		lines = j.linesV2
	}
	from := j.oldest
	if us, err := strconv.ParseInt(asked.Query().Get("cursor"), 10, 64); err == nil {
		from = max(from, int(time.UnixMicro(us).Sub(first)/step))
	}
	for _, l := range lines[min(from, len(lines)):] {
		if ctx.Err() != nil || write(l) != nil {
			return
		}
	}
}
