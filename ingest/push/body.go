package push

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/rawjson"
)

// answer is what a client is told.
type answer struct {
	Accepted int         `json:"accepted"`
	Dropped  int         `json:"dropped"`
	Errors   []lineError `json:"errors,omitempty"`
}

// lineError says why a line, or an element of an array (from 1), was dropped.
type lineError struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Error  string `json:"error"`
}

// maxErrors bounds how many drops are explained to a client.
const maxErrors = 100

// reading turns a body into a batch and an answer.
type reading struct {
	cfg    *Config
	batch  ingest.Batch
	answer answer
	// times are those that the posts claim, relevant or not.
	times []time.Time
}

// errTooLarge says that a body is longer than allowed, as sent or uncompressed.
var errTooLarge = errors.New("body too large")

// readBody reads a request's body, uncompressed.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	var src io.Reader = http.MaxBytesReader(w, r.Body, limit)
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(src)
		if err != nil {
			return nil, fmt.Errorf("body is not gzip as Content-Encoding says: %w", err)
		}
		src = z
	}
	body, err := io.ReadAll(io.LimitReader(src, limit+1))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) || int64(len(body)) > limit {
		return nil, errTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	return body, nil
}

var byteOrderMark = []byte("\uFEFF")

// take reads all posts of a body.
func (r *reading) take(body []byte) {
	body = bytes.TrimPrefix(body, byteOrderMark)
	start := rawjson.Space(body, 0)
	if start < len(body) && body[start] == '[' && ingest.CheckMessage(body) == nil {
		n := 0
		for message := range rawjson.Elements(body) {
			n++
			r.message(message, n)
		}
		return
	}
	n := 0
	for line := range bytes.Lines(body) {
		n++
		if line = bytes.TrimSpace(line); len(line) > 0 {
			r.message(line, n)
		}
	}
}

// message reads one post.
func (r *reading) message(message []byte, line int) {
	if r.cfg.Sieve != nil && !r.cfg.Sieve.Pass(message) {
		if at, ok := r.cfg.Format.Time(message); ok {
			r.accept(at)
			return
		}
	}
	var err error
	before := len(r.batch.Posts)
	r.batch.Posts, err = r.cfg.Format.Decode(r.batch.Posts, message)
	for i := range r.batch.Posts[before:] {
		r.accept(r.batch.Posts[before+i].CreatedAt)
	}
	for _, e := range ingest.Drops(err) {
		r.drop(line, e)
	}
}

// accept counts a post.
func (r *reading) accept(at time.Time) {
	r.answer.Accepted++
	r.batch.Seen++
	r.times = append(r.times, at)
}

func (r *reading) drop(line int, err error) {
	reason := ingest.DropReason(err)
	r.batch.Lose(reason, 1)
	r.answer.Dropped++
	if len(r.answer.Errors) < maxErrors {
		r.answer.Errors = append(r.answer.Errors, lineError{Line: line, Reason: reason, Error: explain(err)})
	}
}

// explain gives what was wrong without repeating the reason.
func explain(err error) string {
	if d, ok := errors.AsType[*ingest.Drop](err); ok {
		return d.Err.Error()
	}
	return err.Error()
}
