package x

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/dghubble/go-twitter/twitter"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/rawjson"
)

// Codes with which API 1.1 ends a stream because there is another of the same account.
const (
	codeDuplicate = 2
	codeReplaced  = 7
)

// errElsewhere says that another program has the account's one stream. To come back at once would only throw that out in turn.
var errElsewhere = errors.New("another program listens with the same account")

// notice is what the stream of API 1.1 says about itself or about earlier posts.
type notice struct {
	Delete *struct {
		Status *twitter.StatusDeletion `json:"status"`
	} `json:"delete"`
	Withheld   *twitter.StatusWithheld   `json:"status_withheld"`
	Limit      *twitter.StreamLimit      `json:"limit"`
	Disconnect *twitter.StreamDisconnect `json:"disconnect"`
	Warning    *twitter.StallWarning     `json:"warning"`
}

// parseNotice reads a notice; nil: the message is none, or one that cannot be read.
func parseNotice(message []byte) *notice {
	for k, v := range rawjson.Fields(message) {
		// A notice has one field, which is its kind.
		if !isNotice(string(k), v) {
			return nil
		}
		break
	}
	n := &notice{}
	if json.Unmarshal(message, n) != nil {
		return nil
	}
	return n
}

// end is why the stream ends with the notice; nil: it goes on.
func (n *notice) end() error {
	d := n.Disconnect
	if d == nil {
		return nil
	}
	err := fmt.Errorf("the stream was ended by the server: %.200s (code %d)", d.Reason, d.Code)
	if d.Code == codeDuplicate || d.Code == codeReplaced {
		return fmt.Errorf("%w; %w", err, errElsewhere)
	}
	return err
}

// takeBack takes the post that the notice is about, if it is about one, out of a batch.
func (n *notice) takeBack(b *ingest.Batch) {
	id, reason := "", ingest.ReasonDeleted
	switch {
	case n.Delete != nil && n.Delete.Status != nil:
		id = n.Delete.Status.IDStr
	case n.Withheld != nil:
		id, reason = fmt.Sprint(n.Withheld.ID), ingest.ReasonWithheld
	}
	if id == "" {
		return
	}
	before := len(b.Posts)
	b.Posts = slices.DeleteFunc(b.Posts, func(p event.Post) bool { return p.ID == id })
	b.Lose(reason, before-len(b.Posts))
}

// heed does what the notices among messages ask for, after the messages have been read into a batch.
func (s *Filter) heed(b *ingest.Batch, messages [][]byte) {
	for _, m := range messages {
		n := parseNotice(m)
		if n == nil {
			continue
		}
		n.takeBack(b)
		if n.Limit != nil { // the number grows as long as the connection lasts
			b.Lose(ingest.ReasonRate, int(n.Limit.Track-s.limited))
			s.limited = max(s.limited, n.Limit.Track)
		}
		if n.Warning != nil {
			s.cfg.Log.Warn("posts pile up at the server, because they are read too slowly",
				zap.String("source", s.cfg.Name), zap.Int("percent", n.Warning.PercentFull))
		}
	}
}
