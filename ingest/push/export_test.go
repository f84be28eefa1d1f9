package push

import "github.com/outcry/outcry/ingest"

// ReadBody reads the posts of a body.
func ReadBody(format ingest.Format, body []byte) (b ingest.Batch, accepted, dropped int) {
	r := &reading{cfg: &Config{Format: format}}
	r.take(body)
	return r.batch, r.answer.Accepted, r.answer.Dropped
}
