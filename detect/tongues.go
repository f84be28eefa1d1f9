package detect

import (
	"time"

	"github.com/outcry/outcry/detect/relate"
	"github.com/outcry/outcry/detect/score"
	"github.com/outcry/outcry/detect/step"
	"github.com/outcry/outcry/event"
)

// inOneTongue is best, the score of the whole, or that of the window in which the voices of one language are more surprising: where a service that the world uses fails in
// one country, most voices are of a language in which few complain of it otherwise.
func (s *service) inOneTongue(j *Judge, t time.Time, best score.Score) score.Score {
	voices := make(map[string]float64)
	newest := len(s.Recent) - 1
	for i, window := range s.Scorer.Windows() {
		for ; newest >= 0 && s.Recent[newest].At.After(t.Add(-window)); newest-- {
			addTongues(voices, &s.Recent[newest])
		}
		for _, lang := range sortedKeys(voices) {
			if part := s.Scorer.Part(i, lang, voices[lang], best.Surprise, &s.Tongues, &j.tongues); part.Surprise > best.Surprise {
				best = part
			}
		}
	}
	return best
}

// addTongues adds the voices of a reading by language, without those that are borrowed.
func addTongues(dst map[string]float64, r *event.Reading) {
	share := 1.0
	if known := relate.Total(r.Languages); known > r.Voices {
		share = r.Voices / known
	}
	for lang, w := range r.Languages {
		dst[lang] += w * share
	}
}

// learnShares learns from a reading that is no longer recent how the voices of the service are divided, unless it is, or may be, of an outage.
func (s *service) learnShares(j *Judge, r *event.Reading) {
	if s.Machine.Phase != step.Quiet || !s.Watched.IsZero() {
		return
	}
	if len(r.Languages) > 0 {
		voices := make(map[string]float64)
		addTongues(voices, r)
		s.Tongues.Learn(voices, j.cfg.Score.ShareKept)
		j.tongues.Learn(voices, j.cfg.Score.WorldKept)
	}
	if len(r.Countries) > 0 {
		s.Countries.Learn(r.Countries, countriesKept)
		j.lands.Learn(r.Countries, landsKept)
	}
}
