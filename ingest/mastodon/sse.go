package mastodon

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/lines"
)

// opened is the server-sent stream of one tag.
type opened struct {
	tags []string
	resp *http.Response
}

// close implements ear.
func (o *opened) close() { _ = o.resp.Body.Close() } // it was only read

// read implements ear.
func (o *opened) read(ctx context.Context, watch *lines.Watch, send func(told) error) error {
	stop := context.AfterFunc(ctx, o.close) // ends a Read that waits for more
	defer stop()
	r := lines.NewReader(watch.Reader(o.resp.Body), maxMessage)
	event := ""
	for {
		line, err := r.Next()
		if err != nil {
			return fmt.Errorf("the stream of #%s: %w", o.tags[0], err)
		}
		if name, ok := bytes.CutPrefix(line, []byte("event:")); ok {
			event = string(bytes.TrimSpace(name))
			continue
		}
		data, ok := bytes.CutPrefix(line, []byte("data:"))
		if !ok { // comments are signs of life
			continue
		}
		if err := send(told{o.tags, event, bytes.TrimSpace(data)}); err != nil {
			return err
		}
		event = ""
	}
}

// openAll opens a stream for every tag. Those that were opened before one failed are returned with the error.
func (v *server) openAll(ctx context.Context) ([]ear, error) {
	address, err := v.streaming(ctx)
	if err != nil {
		return nil, err
	}
	var all []ear
	for _, tags := range v.groups {
		for _, tag := range tags {
			at := *address
			at.Path = "/api/v1/streaming/hashtag"
			at.RawQuery = url.Values{"tag": {tag}}.Encode()
			r, err := v.request(ctx, &at)
			if err != nil {
				return all, err
			}
			//nolint:bodyclose // the caller closes all that are open
			resp, err := fetch.Open(v.client, r)
			if err != nil {
				return all, explainStream(err)
			}
			all = append(all, &opened{tags, resp})
		}
	}
	return all, nil
}
