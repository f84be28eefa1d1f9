package sim

import (
	"hash/fnv"
	"time"

	"github.com/outcry/outcry/event"
)

// newScenario builds one scenario of a story that begins at start and lasts for span.
func newScenario(id, title string, start time.Time, span time.Duration, y story) Scenario {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // a hash never fails to write
	if y.networks == nil {
		y.networks = networksOf(start)
	}
	if y.calm == 0 {
		y.calm = 30
	}
	s := Scenario{ID: id, Title: title, Seed: h.Sum64() >> 1, Start: start.UTC(), End: start.UTC().Add(span), Scale: 1, story: y}
	s.Truth = s.truth()
	return s
}

// networksOf are the networks that people used at a time.
func networksOf(t time.Time) []network {
	if t.Year() < 2024 {
		return []network{{"x", .9}, {"mastodon", .1}}
	}
	return []network{{"bluesky", .5}, {"x", .38}, {"mastodon", .12}}
}

func utc(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
}

// Services lists the services that the simulated people speak of, by what is needed to configure them where the
// catalogue lacks them.
func Services() []event.Service {
	var list []event.Service
	for _, s := range subjects() {
		list = append(list, event.Service{ID: s.id, Name: s.name, Handles: []string{s.handle}})
	}
	return list
}
