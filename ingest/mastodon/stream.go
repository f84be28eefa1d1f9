package mastodon

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/gather"
	"github.com/outcry/outcry/internal/lines"
	"github.com/outcry/outcry/internal/pause"
	"github.com/outcry/outcry/internal/rawjson"
)

// What can happen on a stream.
const (
	eventUpdate = "update"
	eventEdit   = "status.update"
	eventDelete = "delete"
)

// Bounds of a batch and of a message of a stream.
const (
	streamBatch   = 100
	streamDelay   = 100 * time.Millisecond
	streamPulse   = 10 * time.Second
	maxMessage    = 1 << 20
	instanceLimit = 1 << 20
)

// told is one message of a stream, with the tags for whose sake it came.
type told struct {
	tags []string
	// event is what happened: "update", "status.update", "delete"; data is the status, or the id of the one that is gone.
	event string
	data  []byte
}

// ear is what a server can be listened to with.
type ear interface {
	// read sends what comes until the connection breaks. Everything that comes is a sign of life.
	read(ctx context.Context, watch *lines.Watch, send func(told) error) error
	close()
}

// listen opens the streams of all tags of the one server, reads what was posted before, and then what comes.
func (s *Source) listen(ctx context.Context, sink ingest.Sink) error {
	srv := s.servers[0]
	if err := pause.For(ctx, srv.rest()); err != nil {
		return err
	}
	srv.worked(true) // until the timelines have been read, there may be more to catch up with
	var refused error
	listening, watch := lines.NewWatch(ctx, s.cfg.Idle)
	defer watch.Stop()
	err := watch.Cause(s.hear(listening, srv, watch, func(ctx context.Context, b ingest.Batch) error {
		refused = sink(ctx, b)
		return refused
	}))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case refused != nil:
		return refused
	}
	return fetch.Later(err, waitOf(err, time.Now()))
}

func (s *Source) hear(ctx context.Context, srv *server, watch *lines.Watch, sink ingest.Sink) error {
	open := srv.openSocket
	if s.cfg.Stream == StreamSSE {
		open = srv.openAll
	}
	ears, err := open(ctx)
	defer func() {
		for _, e := range ears {
			e.close()
		}
	}()
	if err != nil {
		return err
	}
	failure, err := s.round(ctx, srv, sink)
	if err = errors.Join(failure, err); err != nil {
		return err
	}
	_, err = gather.Run(ctx, gather.Config{Size: streamBatch, Delay: streamDelay, Pulse: streamPulse},
		func(ctx context.Context, send func(told) error) error {
			g, ctx := errgroup.WithContext(ctx)
			for _, e := range ears {
				g.Go(func() error { return e.read(ctx, watch, send) })
			}
			return g.Wait()
		},
		func(ctx context.Context, pack []told) error { return s.tell(ctx, srv, sink, pack) })
	return err
}

// tell hands messages over, those of one query at a time, so that its place in the cursor moves with them.
func (s *Source) tell(ctx context.Context, srv *server, sink ingest.Sink, pack []told) error {
	if len(pack) == 0 {
		return s.deliver(ctx, sink, "", &page{})
	}
	for len(pack) > 0 {
		tags := pack[0].tags
		p := &page{}
		for len(pack) > 0 && pack[0].tags[0] == tags[0] {
			p.hear(&pack[0])
			pack = pack[1:]
		}
		if err := s.deliver(ctx, sink, srv.key(tags), p); err != nil {
			return err
		}
	}
	return nil
}

// hear reads one message of a stream.
func (p *page) hear(t *told) {
	switch t.event {
	case eventDelete:
		p.takeBack(string(bytes.Trim(t.data, `"`)))
	case eventUpdate, eventEdit, "":
		if err := ingest.CheckMessage(t.data); err != nil {
			p.drop(err)
			return
		}
		if v := rawjson.Value(t.data); !v.IsObject() {
			return
		}
		if t.event == eventEdit {
			p.edit(t.data)
			return
		}
		p.add(t.data)
	}
}

func explainStream(err error) error {
	status, ok := errors.AsType[*fetch.StatusError](err)
	if ok && (status.Status == http.StatusUnauthorized || status.Status == http.StatusForbidden) {
		return fmt.Errorf("%w; streams need the access token of a user, with the scope read:statuses", err)
	}
	return err
}

// streaming asks the server where its streams are.
func (v *server) streaming(ctx context.Context) (*url.URL, error) {
	address := *v.base
	address.Path = "/api/v2/instance"
	r, err := v.request(ctx, &address)
	if err != nil {
		return nil, err
	}
	reply, err := fetch.Do(ctx, v.client, r, instanceLimit)
	if err != nil {
		return nil, err
	}
	return streamingHost(v.base, reply.Body), nil
}

// streamingHost reads where a server's streams are; if it does not say, on the server itself. The token goes there, so it must be of
// the same site, and no less safe.
func streamingHost(base *url.URL, instance []byte) *url.URL {
	v := rawjson.Value(instance)
	for _, key := range []string{"configuration", "urls", "streaming"} {
		v, _ = rawjson.Find(v, key)
	}
	text, _ := v.Text()
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return base
	}
	scheme := map[string]string{"wss": "https", "https": "https", "ws": "http", "http": "http"}[u.Scheme]
	if scheme == "" || base.Scheme == "https" && scheme != "https" || !sameSite(base.Hostname(), u.Hostname()) {
		return base
	}
	return &url.URL{Scheme: scheme, Host: u.Host}
}

// sameSite reports whether other is host, or a subdomain of it.
func sameSite(host, other string) bool {
	return host == other || strings.HasSuffix(other, "."+host)
}
