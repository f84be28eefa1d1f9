package sim

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
)

// world is everything that the streams of one run share.
type world struct {
	start     time.Time
	countries []country
	byCode    map[string]*country
	subjects  map[string]*subject
	tongues   map[string]*tongue
	english   *tongue
	// cities are the towns in which a language is spoken.
	cities map[string][]string
	// networks are the sources with their shares of the posts.
	networks []network
	// recent are the last originals by topic, for those who pass them on.
	recent map[string]*ring
	count  uint64
}

// network is a source with its share of the posts.
type network struct {
	name  string
	share float64
}

func newWorld(start time.Time, networks []network) (*world, error) {
	all, err := tongues()
	if err != nil {
		return nil, err
	}
	w := &world{
		start: start, countries: countries(), networks: networks, tongues: all, english: all["en"],
		byCode: make(map[string]*country), subjects: make(map[string]*subject),
		cities: make(map[string][]string), recent: make(map[string]*ring),
	}
	for i := range w.countries {
		c := &w.countries[i]
		w.byCode[c.code] = c
		for _, lang := range c.langs {
			w.cities[lang] = append(w.cities[lang], c.cities...)
		}
	}
	known := subjects()
	for i := range known {
		w.subjects[known[i].id] = &known[i]
	}
	return w, nil
}

// original is a post that others may pass on or answer.
type original struct {
	id, network, handle, text, lang string
}

// ring keeps the last few originals of a topic.
type ring struct {
	posts [24]original
	n     int
}

func (g *ring) add(o original) { g.posts[g.n%len(g.posts)] = o; g.n++ }

func (g *ring) any(r *rand.Rand) (original, bool) {
	if g == nil || g.n == 0 {
		return original{}, false
	}
	return g.posts[r.IntN(min(g.n, len(g.posts)))], true
}

func (w *world) topic(name string) *ring {
	g := w.recent[name]
	if g == nil {
		g = new(ring)
		w.recent[name] = g
	}
	return g
}

func (w *world) network(r *rand.Rand) string {
	x := r.Float64()
	for _, n := range w.networks {
		if x -= n.share; x < 0 {
			return n.name
		}
	}
	return w.networks[0].name
}

// nextID numbers the posts of a run as their networks would: by time, then by a running number.
func (w *world) nextID(at time.Time) string {
	w.count++
	return strconv.FormatUint(uint64(at.UnixMilli())<<22|w.count&(1<<22-1), 10)
}

// post makes a post of a text: what the network, the client and the author's profile add to it.
func (w *world) post(r *rand.Rand, at time.Time, a author, network, lang, text string) event.Post {
	p := event.Post{
		ID: w.nextID(at), Source: network, CreatedAt: at, Author: a.id, Text: text, AuthorHandle: a.handle,
		AuthorCreatedAt: a.created, AuthorFollowers: a.followers, AuthorVerified: a.verified,
		Lang: stated(r, lang),
	}
	p.URL = "https://" + network + ".example/" + a.handle + "/" + p.ID
	return p
}

// stated is the language tag as clients give it: mostly right, sometimes none, sometimes the client's own.
func stated(r *rand.Rand, lang string) string {
	switch x := r.Float64(); {
	case x < 0.06:
		return ""
	case x < 0.09:
		return "en"
	case lang == "pt" && x < 0.5:
		return "pt-BR"
	case lang == "zh-Hans" && x < 0.6:
		return "zh"
	case lang == "zh-Hant" && x < 0.6:
		return "zh-TW"
	}
	return lang
}

// locate gives some posts the place in the author's profile and a few a country of their own.
func locate(r *rand.Rand, p *event.Post, c *country, city string) {
	if r.Float64() < 0.3 {
		p.Place = city
	}
	if r.Float64() < 0.09 {
		p.Country = c.code
	}
}

// lang draws one of the country's languages.
func (c *country) lang(r *rand.Rand) string { return c.langs[pickWeighted(r, c.shares)] }
