package sim

import (
	"math/rand/v2"
	"time"

	"github.com/outcry/outcry/event"
)

// streams makes the one stream of a crowd.
func (c *crowd) streams(w *world) []*stream {
	m := &mouth{w: w, crowd: c, svc: w.subjects[c.service], other: w.subjects[c.other], topic: "crowd/" + c.name}
	for _, ch := range c.choruses {
		m.weights = append(m.weights, ch.share)
	}
	if c.alone {
		m.loner = w.account(w.networks[0].name, c.choruses[0].code, 4711)
	}
	spread := 0.15
	if c.fresh {
		spread = 0
	}
	return []*stream{{
		name:   m.topic,
		rate:   func(t time.Time) float64 { return c.height / 60 * c.shape(t.Sub(w.start)) },
		spread: spread,
		write:  m.write,
	}}
}

// mouth makes the posts of a crowd.
type mouth struct {
	w       *world
	crowd   *crowd
	svc     *subject
	other   *subject
	topic   string
	weights []float64
	loner   author
}

func (m *mouth) write(r *rand.Rand, at time.Time) (event.Post, bool) {
	ch := &m.crowd.choruses[pickWeighted(r, m.weights)]
	c := m.w.byCode[ch.code]
	network := m.w.network(r)
	if o, ok := m.w.topic(m.topic).any(r); ok && r.Float64() < m.crowd.passing {
		return m.w.passOn(r, at, m.w.anyone(r, o.network, c, 1.1), o), true
	}
	who := m.w.anyone(r, network, c, 1.15)
	switch {
	case m.crowd.alone:
		who, network = m.loner, m.w.networks[0].name
	case m.crowd.fresh:
		who = m.w.newcomer(r, network, at)
	}
	lang, city := c.lang(r), pick(r, c.cities)
	text := m.text(r, ch, lang, city)
	p := m.w.post(r, at, who, network, lang, text)
	if !m.crowd.fresh {
		locate(r, &p, c, city)
	}
	m.w.topic(m.topic).add(original{p.ID, network, who.handle, text, lang})
	return p, true
}

func (m *mouth) text(r *rand.Rand, ch *chorus, lang, city string) string {
	s := saying{section: ch.section, svc: m.svc, other: m.other, tagged: m.crowd.tagged, plain: m.crowd.same}
	if len(ch.texts) == 0 {
		return m.w.compose(r, lang, city, s) + m.link(r)
	}
	t := m.w.tongue(lang)
	text := m.w.fill(r, t, city, s, pick(r, ch.texts))
	switch {
	case m.crowd.same && r.Float64() < 0.5:
		text += " " + pick(r, []string{"!", "!!", "🙏", "⚠️", "pls share", "."})
	case !m.crowd.same:
		text = m.w.tag(r, t, lang, s, dress(r, t, m.w.surround(r, t, "", s, text)))
	}
	return text + m.link(r)
}

func (m *mouth) link(r *rand.Rand) string {
	if r.Float64() >= m.crowd.link {
		return ""
	}
	return " https://news.example/" + handleOf(r.Uint64())
}

// streams makes the scripted post and those who pass it on within the hour.
func (s *word) streams(w *world) []*stream {
	topic := "word/" + s.handle + s.service + s.text
	at := w.start.Add(s.at)
	post := func(r *rand.Rand, t time.Time) (event.Post, bool) {
		who, network := s.speaker(w), w.networks[0].name
		p := w.post(r, t, who, network, s.lang, s.text)
		w.topic(topic).add(original{p.ID, network, who.handle, s.text, s.lang})
		return p, true
	}
	all := []*stream{{name: topic, fixed: []time.Time{at}, write: post}}
	if s.reposts == 0 {
		return all
	}
	pass := func(r *rand.Rand, t time.Time) (event.Post, bool) {
		o, ok := w.topic(topic).any(r)
		if !ok {
			return event.Post{}, false
		}
		c := &w.countries[r.IntN(len(w.countries))]
		return w.passOn(r, t, w.anyone(r, o.network, c, 1.1), o), true
	}
	const life = 14 * time.Minute
	rate := func(t time.Time) float64 {
		d := t.Sub(at)
		if d <= 0 {
			return 0
		}
		return float64(s.reposts) / life.Seconds() * decay(d, life)
	}
	return append(all, &stream{name: topic + "/passed on", rate: rate, spread: 0.2, write: pass})
}

// speaker is the account that speaks: an official one, or somebody known to many.
func (s *word) speaker(w *world) author {
	a := author{handle: s.handle, verified: true, followers: 1_200_000, created: w.start.AddDate(-7, 0, 0)}
	if a.handle == "" && s.service != "" {
		a.handle = w.subjects[s.service].handle
	}
	if a.handle == "" {
		a.handle = "famous_" + s.lang
	}
	a.id = "official-" + a.handle
	return a
}
