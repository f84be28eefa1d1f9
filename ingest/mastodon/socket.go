package mastodon

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/lines"
	"github.com/outcry/outcry/internal/pause"
	"github.com/outcry/outcry/internal/rawjson"
	"github.com/outcry/outcry/internal/secret"
)

// socketTimeout bounds the making of a connection and of its subscriptions.
const socketTimeout = 15 * time.Second

// socket is one WebSocket, on which the streams of all tags come.
type socket struct {
	conn *websocket.Conn
	// groups are the tags as they are asked for elsewhere, by each of them.
	groups map[string][]string
	// first are the tags for which a message counts that does not say for which it came.
	first []string
	// every is how often to ask for a sign of life.
	every time.Duration
}

// openSocket connects and subscribes to the streams of all tags. The token goes in a header, where no log of the server shows it.
func (v *server) openSocket(ctx context.Context) ([]ear, error) {
	address, err := v.streaming(ctx)
	if err != nil {
		return nil, err
	}
	at := *address
	at.Path = "/api/v1/streaming"
	r, err := v.request(ctx, &at)
	if err != nil {
		return nil, err
	}
	dialing, cancel := context.WithTimeout(ctx, socketTimeout)
	defer cancel()
	//nolint:bodyclose // websocket.Dial closes the body, or puts a copy in memory in its place
	conn, resp, err := websocket.Dial(dialing, at.String(), &websocket.DialOptions{HTTPClient: v.client, HTTPHeader: r.Header})
	switch {
	case err != nil && resp != nil && resp.StatusCode != http.StatusSwitchingProtocols:
		return nil, explainStream(&fetch.StatusError{Status: resp.StatusCode, Host: at.Host, Header: resp.Header})
	case err != nil:
		return nil, fmt.Errorf("connect to the streams of %s: %w", at.Host, secret.CleanError(err))
	}
	conn.SetReadLimit(maxMessage)
	s := &socket{conn: conn, groups: make(map[string][]string), first: v.groups[0], every: v.ping}
	for _, tags := range v.groups {
		for _, tag := range tags {
			s.groups[tag] = tags
			if err := s.subscribe(dialing, tag); err != nil {
				s.close()
				return nil, fmt.Errorf("ask %s for the stream of #%s: %w", at.Host, tag, err)
			}
		}
	}
	return []ear{s}, nil
}

func (o *socket) subscribe(ctx context.Context, tag string) error {
	ask, err := json.Marshal(map[string]string{"type": "subscribe", "stream": "hashtag", "tag": tag})
	if err != nil {
		return fmt.Errorf("encode a subscription: %w", err)
	}
	return o.conn.Write(ctx, websocket.MessageText, ask)
}

// close implements ear.
func (o *socket) close() { _ = o.conn.CloseNow() } // the connection is given up in any case

// read implements ear.
func (o *socket) read(ctx context.Context, watch *lines.Watch, send func(told) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for pause.For(ctx, o.every) == nil {
			if o.conn.Ping(ctx) == nil {
				watch.Touch()
			}
		}
	}()
	for {
		_, raw, err := o.conn.Read(ctx)
		if err != nil {
			return fmt.Errorf("the streams: %w", err)
		}
		watch.Touch()
		t, err := o.parse(raw)
		if err != nil {
			return err
		}
		if err := send(t); err != nil {
			return err
		}
	}
}

// parse reads {"stream":["hashtag","tag"],"event":"update","payload":"{…}"}. A message that cannot be read is passed on as it is, so that
// it is counted; an error is the server's.
func (o *socket) parse(raw []byte) (told, error) {
	t := told{data: raw, tags: o.first}
	for k, v := range rawjson.Fields(raw) {
		switch string(k) {
		case "error":
			return t, fmt.Errorf("the server refuses a stream: %.200q", v.Bytes())
		case "event":
			t.event = string(v.Bytes())
		case "payload":
			t.data = v
			if text, ok := v.Text(); ok {
				t.data = []byte(text)
			}
		case "stream":
			for e := range rawjson.Elements(v) {
				name, _ := e.Text()
				if tags := o.groups[strings.ToLower(name)]; tags != nil {
					t.tags = tags
				}
			}
		}
	}
	return t, nil
}
