package window_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/detect/window"
	"github.com/outcry/outcry/event"
)

// dawn is the beginning of the first slot of every test.
var dawn = time.Date(2021, 10, 4, 15, 40, 0, 0, time.UTC)

// voice is a number as matching makes one of an author: spread over all 64 bits.
func voice(n uint64) uint64 { return rand.New(rand.NewPCG(n, 1)).Uint64() }

// say is a complaint of the n-th author, at so many seconds after dawn, in words of their own.
func say(n uint64, seconds float64) event.Mention {
	return event.Mention{
		Source: "x", Post: fmt.Sprintf("p%d-%g", n, seconds), Service: "whatsapp", Voice: voice(n), Kind: event.Report,
		At: dawn.Add(time.Duration(seconds * float64(time.Second))), Print: voice(n + 1<<40),
	}
}

// readings adds the mentions and closes the slots from dawn on.
func readings(mentions []event.Mention, slots int) []event.Reading {
	w := window.New("whatsapp", nil)
	for i := range mentions {
		w.Add(&mentions[i])
	}
	return closeAll(w, 0, slots)
}

func closeAll(w *window.Windows, from, to int) []event.Reading {
	var all []event.Reading
	for n := from; n < to; n++ {
		if r, ok := w.Close(window.SlotOf(dawn) + int64(n)); ok {
			all = append(all, r)
		}
	}
	return all
}

// heard is the weight of all voices in all slots.
func heard(all []event.Reading) float64 {
	total := 0.0
	for i := range all {
		total += all[i].Voices
	}
	return total
}

// crowd is a colourful evening of so many slots: all kinds, repeats, reposts, copies and new accounts.
func crowd(r *rand.Rand, posts, slots int) []event.Mention {
	kinds := []event.Kind{event.Report, event.Report, event.Question, event.Recovery, event.Joke, event.News, event.Official, event.Other}
	var all []event.Mention
	for i := range posts {
		m := say(r.Uint64N(uint64(posts/2)), math.Floor(r.Float64()*float64(slots)*10))
		m.Post = fmt.Sprintf("p%d", i)
		m.Kind = kinds[r.IntN(len(kinds))]
		m.Country = []string{"", "IT", "DE", "BR"}[r.IntN(4)]
		m.Phrase = fmt.Sprintf("phrase %d", r.IntN(40))
		m.Repost = r.IntN(5) == 0
		if r.IntN(4) == 0 {
			m.Print = voice(r.Uint64N(3))
		}
		if r.IntN(6) == 0 {
			days := r.IntN(60)
			m.AuthorAgeDays = &days
		}
		all = append(all, m)
	}
	return all
}

func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, posts := range []int{200, 9000} { // 9,000 are more than a slot keeps
		r := rand.New(rand.NewPCG(1, uint64(posts)))
		mentions := crowd(r, posts, 6)
		want := readings(mentions, 6)
		for range 5 {
			r.Shuffle(len(mentions), func(i, j int) { mentions[i], mentions[j] = mentions[j], mentions[i] })
			if diff := cmp.Diff(want, readings(mentions, 6)); diff != "" {
				t.Fatalf("%d posts in another order (-want +got):\n%s", posts, diff)
			}
		}
	}
}

func TestRepeatsDoNotMatter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	mentions := crowd(r, 9000, 6)
	want := readings(mentions, 6)
	twice := append(append([]event.Mention{}, mentions...), mentions[:4000]...)
	if diff := cmp.Diff(want, readings(twice, 6)); diff != "" {
		t.Errorf("delivered twice (-want +got):\n%s", diff)
	}
}

func TestHowMuchVoicesCount(t *testing.T) {
	t.Parallel()
	days := func(n int) *int { return &n }
	for _, c := range []struct {
		name     string
		mentions func() []event.Mention
		slots    int
		// The weight of all voices lies between low and high.
		low, high float64
	}{
		{"a hundred people in their own words", func() []event.Mention {
			return repeat(100, func(n int, m *event.Mention) { m.At = dawn.Add(time.Duration(n) * time.Second) })
		}, 10, 100, 100},
		{"a hundred people for whom it is slow", func() []event.Mention {
			return repeat(100, func(n int, m *event.Mention) { m.At, m.Weak = dawn.Add(time.Duration(n)*time.Second), true })
		}, 10, 29.9, 30.1},
		{"one person two hundred times in half an hour", func() []event.Mention {
			return repeat(200, func(n int, m *event.Mention) {
				m.Voice, m.At = 7, dawn.Add(time.Duration(n)*9*time.Second)
			})
		}, 180, 1, 1},
		{"one person every minute for a day", func() []event.Mention {
			return repeat(24*60, func(n int, m *event.Mention) {
				m.Voice, m.At = 7, dawn.Add(time.Duration(n)*time.Minute)
			})
		}, 24 * 360, 1, 1},
		{"one person twice, an hour apart", func() []event.Mention {
			return repeat(2, func(n int, m *event.Mention) { m.Voice, m.At = 7, dawn.Add(time.Duration(n)*time.Hour) })
		}, 400, 2, 2},
		{"three hundred new accounts within a minute", func() []event.Mention {
			return repeat(300, func(n int, m *event.Mention) {
				m.At, m.AuthorAgeDays = dawn.Add(time.Duration(n)*200*time.Millisecond), days(n%20)
			})
		}, 6, 2, 4},
		{"three hundred new accounts of three networks within a minute", func() []event.Mention {
			return repeat(300, func(n int, m *event.Mention) {
				m.At, m.AuthorAgeDays, m.Source = dawn.Add(time.Duration(n)*200*time.Millisecond), days(n%20), []string{"x", "bluesky", "mastodon"}[n%3]
			})
		}, 6, 2, 4},
		{"three hundred new accounts, of which every tenth hides its age", func() []event.Mention {
			return repeat(300, func(n int, m *event.Mention) {
				if m.At = dawn.Add(time.Duration(n) * 200 * time.Millisecond); n%10 != 9 {
					m.AuthorAgeDays = days(n % 20)
				}
			})
		}, 6, 2, 4.4},
		{"three hundred established accounts, of which every tenth hides its age", func() []event.Mention {
			return repeat(300, func(n int, m *event.Mention) {
				if m.At = dawn.Add(time.Duration(n) * 200 * time.Millisecond); n%10 != 9 {
					m.AuthorAgeDays = days(900)
				}
			})
		}, 6, 300, 300},
		{"the same text from three hundred new accounts", func() []event.Mention {
			return repeat(300, func(n int, m *event.Mention) {
				m.At, m.AuthorAgeDays, m.Print = dawn.Add(time.Duration(n)*200*time.Millisecond), days(1), 99
			})
		}, 6, 1, 2},
		{"new accounts among four times as many others", func() []event.Mention {
			return repeat(500, func(n int, m *event.Mention) {
				if m.At = dawn.Add(time.Duration(n) * 100 * time.Millisecond); n%5 == 4 {
					m.AuthorAgeDays = days(3)
				}
			})
		}, 6, 490, 500},
		{"the same text from a thousand people", func() []event.Mention {
			return repeat(1000, func(n int, m *event.Mention) {
				m.At, m.Print = dawn.Add(time.Duration(n)*100*time.Millisecond), 0x1111222233334444
			})
		}, 11, 1, 2},
		{"the same few words from a thousand people", func() []event.Mention {
			return repeat(1000, func(n int, m *event.Mention) {
				m.At, m.Print = dawn.Add(time.Duration(n)*100*time.Millisecond), event.ShortPrint(77)
			})
		}, 11, 500, 501},
		{"few words each of their own from a thousand people", func() []event.Mention {
			return repeat(1000, func(n int, m *event.Mention) {
				m.At, m.Print = dawn.Add(time.Duration(n)*100*time.Millisecond), event.ShortPrint(uint64(n)*0x9e3779b97f4a7c15)
			})
		}, 11, 990, 1000},
		{"two of four fingerprints alike", func() []event.Mention {
			return repeat(1000, func(n int, m *event.Mention) {
				m.At, m.Print = dawn.Add(time.Duration(n)*100*time.Millisecond), m.Print<<32|0x11112222
			})
		}, 11, 1, 2},
		{"one of four fingerprints alike", func() []event.Mention {
			return repeat(100, func(n int, m *event.Mention) {
				m.At, m.Print = dawn.Add(time.Duration(n)*100*time.Millisecond), m.Print<<16|0x1111
			})
		}, 1, 99, 100},
		{"half a million reposts of one post in ten minutes", func() []event.Mention {
			return repeat(500_000, func(n int, m *event.Mention) {
				m.At, m.Repost, m.Print = dawn.Add(time.Duration(n)*1200*time.Microsecond), true, 0x1111222233334444
			})
		}, 60, 0, 2},
		{"half a million reposts of posts too short to be told apart", func() []event.Mention {
			return repeat(500_000, func(n int, m *event.Mention) {
				m.At, m.Repost, m.Print = dawn.Add(time.Duration(n)*1200*time.Microsecond), true, 0
			})
		}, 60, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := heard(readings(c.mentions(), c.slots))
			t.Logf("%.2f voices", got)
			if got < c.low || got > c.high {
				t.Errorf("counts %.2f voices, want %g to %g", got, c.low, c.high)
			}
		})
	}
}

// repeat makes complaints of n different people, changed by change.
func repeat(n int, change func(n int, m *event.Mention)) []event.Mention {
	all := make([]event.Mention, n)
	for i := range all {
		all[i] = say(uint64(i), 0)
		all[i].Post = fmt.Sprintf("p%d", i)
		change(i, &all[i])
	}
	return all
}

func TestLargeSlotsAreEstimated(t *testing.T) {
	t.Parallel()
	worst := 0.0
	for seed := range uint64(8) {
		const people = 20_000
		mentions := make([]event.Mention, people)
		for i := range mentions {
			mentions[i] = say(seed<<32+uint64(i), float64(i)/people*9)
		}
		all := readings(mentions, 1)
		off := math.Abs(all[0].Voices/people - 1)
		worst = max(worst, off)
		if off > 0.1 {
			t.Errorf("seed %d: %.0f voices of %d, %.1f %% off", seed, all[0].Voices, people, 100*off)
		}
	}
	t.Logf("at most %.1f %% off in 8 runs", 100*worst)
}

func TestAComplaintDoesNotHideTheEnd(t *testing.T) {
	t.Parallel()
	complaint, back := say(1, 1), say(1, 5)
	back.Kind = event.Recovery
	all := readings([]event.Mention{complaint, back}, 1)
	want := map[event.Kind]float64{event.Report: 1, event.Recovery: 1}
	if diff := cmp.Diff(want, all[0].Kinds); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestWindowsSlide(t *testing.T) {
	t.Parallel()
	mentions := repeat(40, func(n int, m *event.Mention) { m.At = dawn.Add(time.Duration(n) * time.Minute) })
	all := readings(mentions, 40*6)
	last := all[len(all)-1]
	want := []event.Window{{Seconds: 60, Voices: 1}, {Seconds: 300, Voices: 5}, {Seconds: 1800, Voices: 30}}
	if diff := cmp.Diff(want, last.Windows); diff != "" {
		t.Errorf("windows (-want +got):\n%s", diff)
	}
}

// kept is a store of hashes to which changes are applied.
type kept map[string]map[string][]byte

func (k kept) apply(t *testing.T, c *window.Changes) {
	t.Helper()
	set, del, err := c.Flush()
	if err != nil {
		t.Fatal(err)
	}
	for hash, fields := range del {
		for _, f := range fields {
			delete(k[hash], f)
		}
		if len(k[hash]) == 0 {
			delete(k, hash)
		}
	}
	for hash, fields := range set {
		if k[hash] == nil {
			k[hash] = make(map[string][]byte)
		}
		for f, v := range fields {
			k[hash][f] = v
		}
	}
}

func TestRestoredWindowsGoOn(t *testing.T) {
	t.Parallel()
	const slots = 240 // longer than anything is remembered
	mentions := crowd(rand.New(rand.NewPCG(3, 3)), 6000, slots)
	mentions = append(mentions, crowd(rand.New(rand.NewPCG(4, 4)), 3000, 3)...) // a slot that is full
	want := readings(mentions, slots)
	for _, stop := range []int{0, 1, 2, 100, 200} {
		changes, store := window.NewChanges(), kept{}
		w := window.New("whatsapp", changes)
		for i := range mentions {
			w.Add(&mentions[i])
		}
		store.apply(t, changes)
		got := closeAll(w, 0, stop)
		store.apply(t, changes)

		next := window.SlotOf(dawn) + int64(stop)
		again := window.New("whatsapp", changes)
		for hash, fields := range store {
			if id, ok := window.ServiceOf(hash); !ok || id != "whatsapp" {
				t.Fatalf("hash %q belongs to %q", hash, id)
			}
			for f, v := range fields {
				if err := again.Restore(hash, f, v); err != nil {
					t.Fatal(err)
				}
			}
		}
		again.Settle(next)
		got = append(got, closeAll(again, stop, slots)...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("restored after %d slots (-want +got):\n%s", stop, diff)
		}
	}
}

func TestWhatIsOverIsForgotten(t *testing.T) {
	t.Parallel()
	changes, store := window.NewChanges(), kept{}
	w := window.New("whatsapp", changes)
	for _, m := range crowd(rand.New(rand.NewPCG(5, 5)), 500, 6) {
		w.Add(&m)
	}
	store.apply(t, changes)
	closeAll(w, 0, 6)
	if w.Idle() {
		t.Error("idle right after a slot was closed")
	}
	w.Expire(window.SlotOf(dawn.Add(window.Recall + time.Minute)))
	store.apply(t, changes)
	if !w.Idle() || len(store) > 0 {
		t.Errorf("after Recall: idle %v, %d hashes stored; want true and none", w.Idle(), len(store))
	}
}

func TestRestoreRefusesWhatItDidNotStore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ hash, field, value string }{
		{"w/whatsapp/1", "x", "{}"},
		{"w/whatsapp/1", "1/c/0000000000000001", "{"},
		{"s/whatsapp", "1", "many"},
	} {
		if err := window.New("whatsapp", nil).Restore(c.hash, c.field, []byte(c.value)); err == nil {
			t.Errorf("%s %s %s was taken", c.hash, c.field, c.value)
		}
	}
}
