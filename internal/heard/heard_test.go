package heard_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/outcry/outcry/internal/heard"
)

func TestStamp(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 4, 12, 0, 0, 0, time.UTC)
	var c heard.Clock
	c.Vouch(now.Add(-time.Minute))
	c.Vouch(now.Add(-time.Hour))
	for made, want := range map[time.Duration]time.Duration{
		time.Second:       0,
		0:                 0,
		-30 * time.Second: -30 * time.Second,
		-time.Minute:      -time.Minute,
		-2 * time.Minute:  0,
		-time.Hour:        0,
		-2 * time.Hour:    -2 * time.Hour,
	} {
		if got, own := c.Stamp(now.Add(made), now); !got.Equal(now.Add(want)) || own != (made == want) {
			t.Errorf("made %v from now, it counts from %v (its own time: %v), want %v", made, got.Sub(now), own, want)
		}
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	s := heard.NewSet(3)
	for i := range 5 {
		s.Add(strconv.Itoa(i))
		s.Add(strconv.Itoa(i))
	}
	for i := range 5 {
		if got, want := s.Has(strconv.Itoa(i)), i >= 2; got != want {
			t.Errorf("Has(%d) = %v, want %v", i, got, want)
		}
	}
	if none := new(heard.Set); none.Has("") {
		t.Error("an empty set has something")
	} else if none.Add("a"); none.Has("a") {
		t.Error("a set of size 0 remembers")
	}
}
