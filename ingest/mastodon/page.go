package mastodon

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/rawjson"
)

// page is a page of a timeline, oldest first.
type page struct {
	posts   []event.Post
	dropped map[string]int
	// ids are the server's own ids of the posts, by which it says that they are gone.
	ids []string
	// edited are the posts whose words are others than before.
	edited map[string]bool
	// last is the id of the newest status; empty: the page is empty.
	last string
	// size is how many statuses there were.
	size int
}

var (
	errNoPage  = errors.New("the timeline is not a list of statuses")
	errDeleted = ingest.Dropf(ingest.ReasonDeleted, "the status was deleted")
)

// parsePage reads a page, which servers give newest first. Statuses that cannot be read are dropped and counted.
func parsePage(body []byte) (*page, error) {
	if err := ingest.CheckMessage(body); err != nil {
		return nil, err
	}
	if list := rawjson.Value(body[rawjson.Space(body, 0):]); !list.IsArray() {
		return nil, errNoPage
	}
	var statuses []rawjson.Value
	for v := range rawjson.Elements(body) {
		statuses = append(statuses, v)
	}
	p := &page{size: len(statuses)}
	for _, v := range slices.Backward(statuses) {
		p.add(v)
	}
	return p, nil
}

// add reads one status.
func (p *page) add(status []byte) {
	if id := p.read(status); id != "" {
		p.last = id
	}
}

// read reads a status and gives the server's own id of it.
func (p *page) read(status []byte) (id string) {
	if v, ok := rawjson.Find(status, "id"); ok {
		id, _ = v.Text()
	}
	before := len(p.posts)
	var err error
	if p.posts, err = decodeStatus(p.posts, status); err != nil {
		p.drop(err)
	}
	for range len(p.posts) - before {
		p.ids = append(p.ids, id)
	}
	return id
}

// edit reads a status that has been changed. It is of the same post, and of another time than the last one that came, so nothing goes on from it.
func (p *page) edit(status []byte) {
	if v, ok := rawjson.Find(status, "id"); ok {
		id, _ := v.Text()
		p.remove(id)
	}
	before := len(p.posts)
	p.read(status)
	if p.edited == nil {
		p.edited = make(map[string]bool)
	}
	for i := range p.posts[before:] {
		p.edited[p.posts[before+i].ID] = true
	}
}

// takeBack lets go of a post that was deleted before it was handed over.
func (p *page) takeBack(id string) {
	if p.remove(id) {
		p.drop(errDeleted)
	}
}

// remove takes a post out of the page, by the server's own id.
func (p *page) remove(id string) bool {
	n := slices.Index(p.ids, id)
	if n < 0 || id == "" {
		return false
	}
	p.ids, p.posts = slices.Delete(p.ids, n, n+1), slices.Delete(p.posts, n, n+1)
	return true
}

func (p *page) drop(err error) {
	if p.dropped == nil {
		p.dropped = make(map[string]int)
	}
	p.dropped[ingest.DropReason(err)]++
}

// idAt is the id that a status of the time t would have: milliseconds above 16 bits of Mastodon's own.
func idAt(t time.Time) string { return strconv.FormatInt(max(t.UnixMilli(), 0)<<16, 10) }

// rewind is how much earlier to go on than the newest status, because streams of several tags do not keep to one order.
const rewind = 5 * time.Second

// rewound is the id of a moment before a status; of an id that holds no time it is the id itself.
func rewound(id string) string {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n <= rewind.Milliseconds()<<16 {
		return id
	}
	return strconv.FormatInt(n-rewind.Milliseconds()<<16, 10)
}

// waitOf is how long a server asked to be left alone.
func waitOf(err error, now time.Time) time.Duration {
	status, ok := errors.AsType[*fetch.StatusError](err)
	switch {
	case !ok:
		return 0
	case status.Status == http.StatusTooManyRequests:
		return max(status.Wait(now), time.Minute)
	case status.Status == http.StatusUnauthorized, status.Status == http.StatusForbidden, status.Status == http.StatusUnprocessableEntity:
		return maxRest // the server shows tags to nobody, or not to us
	}
	return status.Wait(now)
}
