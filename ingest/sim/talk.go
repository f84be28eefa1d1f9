package sim

import (
	"math/rand/v2"
	"time"

	"github.com/outcry/outcry/event"
)

// common are the services that are spoken of everywhere, every day.
func common() []string {
	return []string{
		"tiktok", "whatsapp", "instagram", "facebook", "x", "youtube", "telegram", "snapchat", "discord", "spotify",
		"netflix", "google", "amazon", "reddit", "roblox", "chatgpt",
	}
}

// habit is what is said on a usual day: a rate that follows the hour and the weekday of its countries.
type habit struct {
	w       *world
	svc     *subject
	places  []*country
	weights []float64
	perMin  float64
	mix     []sectionShare
	tagged  float64
	// the rate is computed once in ten minutes.
	block time.Time
	level float64
}

type sectionShare struct {
	section string
	share   float64
}

func newHabit(w *world, svc *subject, perMin float64, mix ...sectionShare) *habit {
	h := &habit{w: w, svc: svc, perMin: perMin, mix: mix}
	for i := range w.countries {
		if c := &w.countries[i]; svc == nil || serves(svc, c.code) {
			h.places = append(h.places, c)
		}
	}
	h.weights = make([]float64, len(h.places))
	return h
}

func serves(s *subject, code string) bool {
	for _, c := range s.home {
		if c == code {
			return true
		}
	}
	return len(s.home) == 0
}

func (h *habit) rate(t time.Time) float64 {
	if b := t.Truncate(10 * time.Minute); !b.Equal(h.block) {
		h.block = b
		sum, people := 0.0, 0.0
		for i, c := range h.places {
			h.weights[i] = c.weight * c.activity(t)
			sum += h.weights[i]
			people += c.weight
		}
		h.level = h.perMin / 60 * sum / people
	}
	return h.level
}

func (h *habit) write(r *rand.Rand, at time.Time) (event.Post, bool) {
	c := h.places[pickWeighted(r, h.weights)]
	lang, city := c.lang(r), pick(r, c.cities)
	network := h.w.network(r)
	who := h.w.anyone(r, network, c, 1.8)
	weights := make([]float64, len(h.mix))
	for i, m := range h.mix {
		weights[i] = m.share
	}
	section := h.mix[pickWeighted(r, weights)].section
	text := h.w.compose(r, lang, city, saying{section: section, svc: h.svc, tagged: h.tagged})
	if h.svc != nil && section != "talk" && section != "use" && r.Float64() < 0.12 {
		text = "@" + h.svc.handle + " " + text
	}
	p := h.w.post(r, at, who, network, lang, text)
	locate(r, &p, c, city)
	return p, true
}

// usual makes the streams of a usual day.
func (y *story) usual(w *world) []*stream {
	louder := y.volume()
	var all []*stream
	for _, id := range y.spokenOf() {
		svc := w.subjects[id]
		if y.unheard[id] {
			continue
		}
		idle := "talk"
		if svc.plain {
			idle = "use"
		}
		talk := newHabit(w, svc, svc.talk*louder, sectionShare{idle, .86}, sectionShare{"gripe", .14})
		all = append(all, &stream{name: "talk/" + id, rate: talk.rate, spread: 0.25, write: talk.write})
		gripes := newHabit(w, svc, svc.gripes*louder,
			sectionShare{"question", .2}, sectionShare{"report", .22}, sectionShare{"login", .16}, sectionShare{"crash", .14},
			sectionShare{"account", .12}, sectionShare{"messages", .04}, sectionShare{"connection", .12})
		gripes.tagged = 0.06
		all = append(all, &stream{name: "gripes/" + id, rate: gripes.rate, spread: 0.8, write: gripes.write})
	}
	life := newHabit(w, nil, y.calm, sectionShare{"life", .94}, sectionShare{"lookalike", .06})
	return append(all, &stream{name: "life", rate: life.rate, spread: 0.1, write: life.write})
}

// volume is how loud usual talk is, 1 by default.
func (y *story) volume() float64 {
	if y.louder == 0 {
		return 1
	}
	return y.louder
}

// gripes is how many complaints a minute of a service are usual at that hour.
func (y *story) gripes(countries []country, id string, at time.Time) float64 {
	if y.unheard[id] {
		return 0
	}
	for _, svc := range subjects() {
		if svc.id == id {
			return 60 * newHabit(&world{countries: countries}, &svc, svc.gripes*y.volume()).rate(at)
		}
	}
	return 0
}

// spokenOf lists every service of the scenario once: the common ones and those of the story.
func (y *story) spokenOf() []string {
	ids := y.services
	if ids == nil {
		ids = common()
	}
	seen := make(map[string]bool)
	var all []string
	add := func(id string) {
		if id != "" && !seen[id] {
			seen[id] = true
			all = append(all, id)
		}
	}
	for _, id := range ids {
		add(id)
	}
	for _, o := range y.outages {
		for _, s := range o.strands {
			add(s.service)
		}
	}
	for _, c := range y.crowds {
		add(c.service)
		add(c.other)
	}
	return all
}
