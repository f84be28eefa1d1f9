package sim

import (
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/outcry/outcry/event"
)

// What a post of a strand is, in the order of act's weights.
const (
	actComplain = iota
	actPass
	actJoke
	actNews
	actRelief
	actMeToo
	acts
)

// teller makes the posts of one strand.
type teller struct {
	w     *world
	out   *outage
	part  *strand
	svc   *subject
	of    *subject
	peers []*subject
	topic string
	// from are the outage's origins that the service serves.
	from []origin
	// at each rate the shares of acts and origins are kept for the posts of that slot.
	acts    [acts]float64
	origins []float64
}

// streams makes one stream per strand and one for the scripted words.
func (o *outage) streams(w *world) []*stream {
	var all []*stream
	for i := range o.strands {
		t := newTeller(w, o, &o.strands[i])
		all = append(all, &stream{name: t.topic, rate: t.rate, spread: 0.12, write: t.write})
	}
	for i := range o.words {
		all = append(all, o.words[i].streams(w)...)
	}
	return all
}

func newTeller(w *world, o *outage, part *strand) *teller {
	t := &teller{w: w, out: o, part: part, svc: w.subjects[part.service], of: w.subjects[part.of], topic: "outage/" + o.name + "/" + o.waves[0].onset.String() + "/" + part.service}
	for _, p := range o.strands {
		if p.service != part.service && p.role == event.RoleDown && part.role == event.RoleDown {
			t.peers = append(t.peers, w.subjects[p.service])
		}
	}
	t.from = servedBy(t.svc, o.from)
	t.origins = make([]float64, len(t.from))
	return t
}

// servedBy keeps the origins in which the service is known, with shares that add up to what they did; all if it is in none.
func servedBy(svc *subject, from []origin) []origin {
	var kept []origin
	all, here := 0.0, 0.0
	for _, f := range from {
		all += f.share
		if serves(svc, f.code) {
			kept = append(kept, f)
			here += f.share
		}
	}
	if len(kept) == 0 {
		return from
	}
	for i := range kept {
		kept[i].share *= all / here
	}
	return kept
}

// rate sums what all origins say now.
func (t *teller) rate(at time.Time) float64 {
	t.acts = [acts]float64{}
	total := 0.0
	for i, from := range t.from {
		here := t.weigh(at.Sub(t.w.start), from.lag+t.part.lag, from.share*awake(t.w.byCode[from.code], at)*t.part.height/60)
		t.origins[i] = here
		total += here
	}
	return total
}

// awake is how much of an outage a country notices at this hour.
func awake(c *country, at time.Time) float64 { return 0.35 + 0.65*c.activity(at) }

// weigh adds the acts of one origin, in which it begins with a lag, and returns their sum.
func (t *teller) weigh(d, lag time.Duration, height float64) float64 {
	var complain, aside, relief float64
	for i := range t.out.waves {
		v := t.out.waves[i].late(lag)
		complain += v.complaints(d)
		aside += v.aside(d)
		relief += v.relieved(d)
	}
	if t.part.role != event.RoleDown && t.part.role != event.RoleDependent {
		t.acts[actJoke] += aside * height
		return aside * height
	}
	add := [acts]float64{complain, 0.5 * aside, 0.3 * aside, 0.06 * aside, relief, 0.2 * aside}
	sum := 0.0
	for i, a := range add {
		t.acts[i] += a * height
		sum += a * height
	}
	return sum
}

// age is how long the newest wave has lasted at the post's time.
func (t *teller) age(at time.Time) time.Duration {
	d := at.Sub(t.w.start) - t.part.lag
	age := time.Duration(0)
	for _, v := range t.out.waves {
		if d >= v.onset {
			age = d - v.onset
		}
	}
	return age
}

func (t *teller) write(r *rand.Rand, at time.Time) (event.Post, bool) {
	c := t.w.byCode[t.from[pickWeighted(r, t.origins)].code]
	lang, city := c.lang(r), pick(r, c.cities)
	act := pickWeighted(r, t.acts[:])
	if act == actPass || act == actMeToo {
		return t.echo(r, at, c, act, lang)
	}
	network := t.w.network(r)
	who := t.w.anyone(r, network, c, 1.15)
	text := t.say(r, at, act, lang, city)
	p := t.w.post(r, at, who, network, lang, text)
	locate(r, &p, c, city)
	if o, ok := t.w.topic(t.topic).any(r); ok && act == actJoke && o.network == network && r.Float64() < 0.15 {
		p.QuoteOf = o.id
	}
	if act == actNews {
		p.AuthorFollowers += 5000 + r.IntN(400000)
	}
	if act != actRelief {
		t.w.topic(t.topic).add(original{p.ID, network, who.handle, text, lang})
	}
	return p, true
}

// echo passes a post on, or answers "same here" without naming anything.
func (t *teller) echo(r *rand.Rand, at time.Time, c *country, act int, lang string) (event.Post, bool) {
	o, ok := t.w.topic(t.topic).any(r)
	if !ok {
		return event.Post{}, false
	}
	who := t.w.anyone(r, o.network, c, 1.15)
	if act == actPass {
		return t.w.passOn(r, at, who, o), true
	}
	p := t.w.post(r, at, who, o.network, lang, t.w.compose(r, lang, "", saying{section: "metoo"}))
	p.ReplyTo = o.id
	return p, true
}

// passOn makes a repost: the same words, sometimes with the old "RT" before them.
func (w *world) passOn(r *rand.Rand, at time.Time, who author, o original) event.Post {
	text := o.text
	if o.network == "x" && r.Float64() < 0.6 {
		text = "RT @" + o.handle + ": " + text
	}
	p := w.post(r, at, who, o.network, o.lang, text)
	p.RepostOf = o.id
	return p
}

func (t *teller) say(r *rand.Rand, at time.Time, act int, lang, city string) string {
	tagged := 0.06 + 0.46*(1-decay(t.age(at), 25*time.Minute))
	switch act {
	case actJoke:
		return t.w.compose(r, lang, city, saying{section: t.asideSection(), svc: t.failing(), other: t.besides(), tagged: tagged})
	case actNews:
		text := t.w.compose(r, lang, city, saying{section: "news", svc: t.svc, plain: true})
		return text + " https://news.example/" + handleOf(r.Uint64())
	case actRelief:
		return t.w.compose(r, lang, city, saying{section: "recovery", svc: t.svc, tagged: tagged / 2})
	}
	s := saying{section: t.complaint(r, at), svc: t.svc, other: t.of, tagged: tagged}
	if s.section == "both" {
		s.other = pick(r, t.peers)
	}
	text := t.w.compose(r, lang, city, s)
	if r.Float64() < 0.07 && !strings.Contains(text, "@") {
		text = "@" + t.svc.handle + " " + text
	}
	return text
}

// failing is the service of which the talk says that it fails, besides the other one that a bystander's strand is about.
func (t *teller) failing() *subject {
	if t.of != nil && t.part.role != event.RoleDependent {
		return t.of
	}
	return t.svc
}

func (t *teller) besides() *subject {
	if t.of != nil && t.part.role != event.RoleDependent {
		return t.svc
	}
	return nil
}

func (t *teller) asideSection() string {
	switch t.part.role { //nolint:exhaustive // who is down is not spoken of aside
	case event.RoleBlamed:
		return "blame"
	case event.RoleRefuge:
		return "refuge"
	case event.RoleJoke:
		return "jokeon"
	}
	return "joke"
}

// complaint draws the section of a complaint: questions first, then what fails.
func (t *teller) complaint(r *rand.Rand, at time.Time) string {
	if len(t.part.sections) > 0 {
		return pick(r, t.part.sections)
	}
	x := r.Float64()
	if question := 0.12 + 0.55*math.Exp(-t.age(at).Minutes()/9); x < question {
		return "question"
	}
	switch x = r.Float64(); {
	case t.part.role == event.RoleDependent && x < 0.3:
		return "because"
	case len(t.peers) > 0 && x < 0.18:
		return "both"
	case x > 1-t.out.partial:
		return "partial"
	case x < 0.55:
		return "report"
	}
	list := t.out.symptoms
	if t.part.symptoms != nil {
		list = t.part.symptoms
	}
	if len(list) == 0 {
		return "report"
	}
	weights := make([]float64, len(list))
	for i, s := range list {
		weights[i] = s.share
	}
	return string(list[pickWeighted(r, weights)].symptom)
}
