package score_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/outcry/outcry/detect/score"
)

// shares are weights by language.
func shares(weights map[string]float64) *score.Shares {
	s := &score.Shares{}
	s.Learn(weights, 1000)
	return s
}

// theWorld is how the voices of all services together are divided.
func theWorld() *score.Shares {
	return shares(map[string]float64{"en": 120, "ja": 50, "es": 40, "pt": 30, "ar": 20, "id": 20, "de": 10, "fr": 10, "tr": 8, "fa": 4, "el": 2})
}

// fiveMinutes is the index of the window of five minutes.
const fiveMinutes = 2

// worldService was heard for a day, with one voice in five minutes, and n more within the last minute.
func worldService(n float64) (*score.Scorer, score.Score) {
	s := score.New(score.Default())
	at := monday
	r := rand.New(rand.NewPCG(1, 2))
	for range 24 * 360 {
		count := 0.0
		if r.Float64() < 1.0/30 {
			count = 1
		}
		_, at = feed(s, at, count)
	}
	whole, _ := feed(s, at, 0, n/2, n/2)
	return s, whole
}

func TestOneLanguageTellsMoreThanTheWhole(t *testing.T) {
	t.Parallel()
	s, whole := worldService(4)
	ofAll := shares(map[string]float64{"en": 15, "ja": 5, "es": 4, "pt": 4, "de": 2})
	part := s.Part(fiveMinutes, "fa", 4, 0, ofAll, theWorld())
	if part.Surprise < whole.Surprise+1 {
		t.Errorf("four in a language that was not heard among thirty: %.1f, all four: %.1f; want at least 1 more", part.Surprise, whole.Surprise)
	}
	if part.Count != whole.Count {
		t.Errorf("count %v, want that of the window, %v", part.Count, whole.Count)
	}
}

func TestTheUsualLanguageTellsNothing(t *testing.T) {
	t.Parallel()
	s, whole := worldService(4)
	for name, usual := range map[string]*score.Shares{
		"of one language": shares(map[string]float64{"fa": 30}),
		"never heard":     {},
	} {
		if part := s.Part(fiveMinutes, "fa", 4, 0, usual, theWorld()); part.Surprise > whole.Surprise {
			t.Errorf("%s: %.1f, all: %.1f", name, part.Surprise, whole.Surprise)
		}
	}
}

func TestPartOfSilence(t *testing.T) {
	t.Parallel()
	s := score.New(score.Default())
	silence(s, monday, time.Hour)
	if got := s.Part(fiveMinutes, "fa", 0, 0, &score.Shares{}, &score.Shares{}); got.Surprise != 0 {
		t.Errorf("surprise of nobody: %v", got.Surprise)
	}
}

// Where languages come and go by chance alone, parts reach a surprise no more often than it promises.
func TestPartsOfQuietVoicesAreNoSurprise(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	langs := []string{"en", "en", "en", "ja", "ja", "es", "pt", "de", "fa", "el"}
	s, usual, world := score.New(score.Default()), &score.Shares{}, theWorld()
	at := monday
	spans, loud := 0, 0
	for range 30 * 288 {
		voices := map[string]float64{}
		_, at = feed(s, at, make([]float64, 29)...)
		count := 0.0
		for range 8 {
			if r.Float64() < 0.25 {
				voices[langs[r.IntN(len(langs))]]++
				count++
			}
		}
		_, at = feed(s, at, count)
		most := 0.0
		for lang, n := range voices {
			most = math.Max(most, s.Part(fiveMinutes, lang, n, 0, usual, world).Surprise)
		}
		usual.Learn(voices, score.Default().ShareKept)
		spans++
		if most >= 2 {
			loud++
		}
	}
	if share := float64(loud) / float64(spans); share > 0.01 {
		t.Errorf("a surprise of 2 in %.4f of %d spans, want at most 0.01", share, spans)
	}
}

func TestSharesForget(t *testing.T) {
	t.Parallel()
	s := &score.Shares{}
	for range 40 {
		s.Learn(map[string]float64{"ja": 1}, 10)
	}
	s.Learn(map[string]float64{"en": 5}, 10)
	if math.Abs(s.Total-10) > 1e-9 || s.Weights["en"] < 3 || s.Weights["ja"] > 7 {
		t.Errorf("ten are kept, and the newest weigh most: %+v", s)
	}
	for range 20 {
		s.Learn(map[string]float64{"en": 10}, 10)
	}
	if _, known := s.Weights["ja"]; known {
		t.Errorf("what was forgotten is still there: %+v", s)
	}
}
