package web_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/web"
)

// reader reads one stream.
type reader struct {
	t     *testing.T
	lines *bufio.Scanner
}

// open begins to read the stream, as a browser does; it returns once the stream is open.
func open(t *testing.T, url, lastEventID string) *reader {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	if lastEventID != "" {
		request.Header.Set("Last-Event-ID", lastEventID)
	}
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	t.Cleanup(func() { must(t, response.Body.Close()) })
	if got := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || got != "text/event-stream" {
		t.Fatalf("the stream answers %d, %s", response.StatusCode, got)
	}
	r := &reader{t: t, lines: bufio.NewScanner(response.Body)}
	r.lines.Buffer(nil, 1<<20)
	if !r.lines.Scan() || r.lines.Text() != ": outcry" {
		t.Fatalf("the stream begins with %q", r.lines.Text())
	}
	return r
}

// ids reads the ids of the next n messages.
func (r *reader) ids(n int) []string {
	r.t.Helper()
	var got []string
	for len(got) < n && r.lines.Scan() {
		if id, ok := strings.CutPrefix(r.lines.Text(), "id: "); ok {
			got = append(got, id)
			r.lines.Scan()
			if data := r.lines.Text(); !strings.HasPrefix(data, `data: {"specversion":"1.0","id":"`+id+`"`) {
				r.t.Errorf("message %s has %.80q", id, data)
			}
		}
	}
	if err := r.lines.Err(); err != nil {
		r.t.Fatal(err)
	}
	return got
}

func serve(t *testing.T, board *web.Board) string {
	t.Helper()
	server := httptest.NewServer(newServer(t, web.Config{}, board, nil))
	t.Cleanup(server.Close)
	return server.URL + "/api/v1/events"
}

// numbered makes n events of one outage, beginning with first.
func numbered(t *testing.T, board *web.Board, first, n int) {
	t.Helper()
	for seq := first; seq < first+n; seq++ {
		o := meta()
		o.Seq = seq
		must(t, board.Handle(t.Context(), event.NewEvent(event.TypeChanged, "whatsapp", at(16, 0, seq), o)))
	}
}

func wantIDs(t *testing.T, got []string, seqs ...int) {
	t.Helper()
	var want []string
	for _, seq := range seqs {
		want = append(want, fmt.Sprintf("meta-1633362060-%d", seq))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

func TestStreamSendsWhatComes(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	numbered(t, board, 1, 2)
	stream := open(t, serve(t, board), "")
	numbered(t, board, 2, 3) // 2 is a repeat
	wantIDs(t, stream.ids(2), 3, 4)
}

func TestStreamBeginsWithTheState(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	numbered(t, board, 1, 3)
	stream := open(t, serve(t, board)+"?state=1", "")
	wantIDs(t, stream.ids(1), 3)
	numbered(t, board, 4, 1)
	wantIDs(t, stream.ids(1), 4)
}

func TestStreamResumes(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	numbered(t, board, 1, 5)
	wantIDs(t, open(t, serve(t, board), "meta-1633362060-3").ids(2), 4, 5)
}

func TestStreamResumesAfterWhatIsForgotten(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	numbered(t, board, 1, 1001)
	url := serve(t, board)
	wantIDs(t, open(t, url, "meta-1633362060-1").ids(1), 1001) // the state of now instead
	wantIDs(t, open(t, url, "of-another-life-1").ids(1), 1001)
	wantIDs(t, open(t, url, "meta-1633362060-999").ids(2), 1000, 1001)
}

func TestStreamTellsTheTime(t *testing.T) {
	t.Parallel()
	stream := open(t, serve(t, evening(t)), "")
	for stream.lines.Scan() {
		if stream.lines.Text() == "event: tick" {
			stream.lines.Scan()
			if got, want := stream.lines.Text(), `data: {"at":"2021-10-04T15:53:00Z"}`; got != want {
				t.Errorf("a tick says %q, want %q", got, want)
			}
			return
		}
	}
	t.Error("the stream ended without a tick")
}

func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	url := serve(t, web.NewBoard(nil))
	for range 256 {
		open(t, url, "")
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	must(t, response.Body.Close())
	if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" {
		t.Errorf("one stream too many gives %d, Retry-After %q", response.StatusCode, response.Header.Get("Retry-After"))
	}
}
