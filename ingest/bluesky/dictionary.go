package bluesky

import (
	"context"
	_ "embed" // the dictionary
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/coder/websocket"
	"github.com/klauspost/compress/zstd"

	"github.com/outcry/outcry/internal/fetch"
)

// knownDictionary is the dictionary with which version 1 of the wire is compressed. Jetstream ships it in pkg/models; its licence
// lies beside it.
//
//go:embed jetstream/zstd_dictionary
var knownDictionary string

// Of a host with version 2, the dictionary that it uses now is asked for under this name beside the stream's.
const (
	streamMethod     = "subscribeEvents"
	dictionaryMethod = "getZstdDictionary"
	dictionaryLimit  = 4 << 20
)

var errDictionary = errors.New("messages are compressed with a dictionary that is not known; next time they are asked for as they are")

// host is one endpoint, and how it compresses.
type host struct {
	address string
	// second says that it is spoken to in version 2 of the wire.
	second bool
	// inflate undoes the compression; nil: messages are asked for as they are.
	inflate *zstd.Decoder
	// dictionary is the number by which a host with version 2 knows what it compresses with.
	dictionary uint32
	// plain says that its compression cannot be undone.
	plain bool
}

// newHost makes a host. Version 1 has one dictionary for all.
func newHost(endpoint string) (*host, error) {
	h := &host{address: endpoint, second: isSecond(endpoint)}
	if h.second {
		return h, nil
	}
	return h, h.learn([]byte(knownDictionary))
}

// isSecond reports whether an endpoint is one of version 2.
func isSecond(endpoint string) bool {
	u, err := url.Parse(endpoint)
	return err == nil && strings.HasSuffix(u.Path, streamMethod)
}

// learn takes a dictionary.
func (h *host) learn(dictionary []byte) error {
	about, err := zstd.InspectDictionary(dictionary)
	if err == nil {
		h.inflate, err = zstd.NewReader(nil, zstd.WithDecoderDicts(dictionary), zstd.WithDecoderMaxMemory(readLimit), zstd.WithDecoderConcurrency(1))
	}
	if err != nil {
		return fmt.Errorf("the dictionary of %s cannot be used: %w", hostOf(h.address), err)
	}
	h.dictionary = about.ID()
	return nil
}

// ask has a host with version 2 give its dictionary. Without one, messages come as they are.
func (h *host) ask(ctx context.Context, client *http.Client) {
	if !h.second || h.plain || h.inflate != nil {
		return
	}
	u, err := url.Parse(h.address)
	if err != nil {
		return
	}
	u.Scheme = strings.Replace(u.Scheme, "ws", "http", 1)
	u.Path = strings.TrimSuffix(u.Path, streamMethod) + dictionaryMethod
	u.RawQuery = ""
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return
	}
	reply, err := fetch.Do(ctx, client, r, dictionaryLimit)
	if err == nil {
		h.plain = h.learn(reply.Body) != nil
		return
	}
	h.plain = hasNone(err)
}

// hasNone reports whether a host said that it has no dictionary, rather than that it cannot give it now.
func hasNone(err error) bool {
	status, ok := errors.AsType[*fetch.StatusError](err)
	return ok && status.Status/100 == 4 && status.Status != http.StatusTooManyRequests || errors.Is(err, fetch.ErrTooLarge)
}

// forget has the host be asked for its dictionary anew.
func (h *host) forget() { h.inflate, h.dictionary = nil, 0 }

// compression says in a query what is wanted.
func (h *host) compression(q url.Values) {
	switch {
	case h.plain || h.inflate == nil:
	case h.second:
		q.Set("zstdDictionary", strconv.FormatUint(uint64(h.dictionary), 10))
	default:
		q.Set("compress", "true")
	}
}

// text gives the message in a frame. A frame that cannot be inflated is given as it is, which no format can read, so that it is counted.
func (h *host) text(kind websocket.MessageType, frame []byte) ([]byte, error) {
	if kind != websocket.MessageBinary || h.inflate == nil {
		return frame, nil
	}
	message, err := h.inflate.DecodeAll(frame, nil)
	switch {
	case errors.Is(err, zstd.ErrUnknownDictionary):
		h.plain = true
		return nil, errDictionary
	case err != nil:
		return frame, nil //nolint:nilerr // it is counted as what no format can read
	}
	return message, nil
}
