package match

import (
	_ "embed"
	"fmt"
	"math/bits"
	"sync"

	"github.com/outcry/outcry/ingest/match/linear"
)

//go:embed complaints.bin
var complaintsFile []byte

// complaints is decoded once: it depends on nothing but a file that is part of the program.
var complaints = sync.OnceValues(func() (*linear.Model, error) {
	model, rest, err := linear.Decode(complaintsFile)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%d bytes too many", len(rest))
	}
	if err != nil {
		return nil, fmt.Errorf("complaints.bin: %w", err)
	}
	return model, nil
})

// In natural logarithms of the odds: enough is what a complaint has at least that is guessed, where no words of trouble are known, and enoughMaybe
// where the name may be none; doubtful what one has at most that is told in words of trouble, and not believed; and a guess of less than sure
// tells little. As posts that say nothing count
// double where the odds are learned, even odds are a little below zero.
const (
	enough      = -.5
	enoughMaybe = .5
	doubtful    = -.25
	sure        = .5
)

// slack is what the odds may differ by in a text as it comes over the wire.
const slack = 4

// odds are those that the post complains of a service of which the cues are w, as a natural logarithm.
func (m *Matcher) odds(s *scratch, service int32, w *weighed, told bool) float64 {
	return m.complaints.LogOdds(m.features(s, service, w, told))
}

// features are what the odds are made of: the wording around the names of the service, the phrases beside them, and the cues.
func (m *Matcher) features(s *scratch, service int32, w *weighed, told bool) []uint32 {
	s.features = s.appendWording(s.features[:0], service)
	s.features = m.appendPhrasing(s.features, s, service)
	s.features = w.append(s.features)
	if told {
		s.features = append(s.features, joint(ofState, 1))
	}
	return s.features
}

// append appends a feature for each cue, by how much there is of it.
func (w *weighed) append(f []uint32) []uint32 {
	for c, n := range w {
		switch {
		case n > 0:
			f = append(f, featureOf(cue(c), n))
		case n < 0:
			f = append(f, joint(featureOf(cue(c), -n), 1))
		}
	}
	return f
}

// featureOf is the feature of n times a cue. Great numbers are told apart by their size alone.
func featureOf(c cue, n int) uint32 {
	return joint(joint(ofCue, uint32(c)), uint32(bits.Len(uint(n))))
}

// reasons are the cues that speak for a complaint.
func (m *Matcher) reasons(w *weighed) []string {
	var list []string
	for c, n := range w {
		if n > 0 && m.complaints.Weight(featureOf(cue(c), n)) > 0 {
			list = append(list, cueReasons[c])
		}
	}
	return list
}
