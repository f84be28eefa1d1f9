package match

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"
)

// In natural logarithms of the odds: enough is what a complaint has at least that is guessed, where no words of trouble are known, enoughMaybe where
// the name may be none, enoughSmall where it is also written as a word is, and enoughHint where there is but a hint at a service; doubtful what one
// has at most that is told in words of trouble, and not believed; certain what one has at least that is believed
// whatever else words make of it; and a guess of less than sure tells little. Complaints are rarer among all posts than among those from which the
// odds were learned, so that a guess has to be better than even.
const (
	enough      = .25
	enoughMaybe = .75
	enoughSmall = 1
	enoughHint  = .5
	doubtful    = -.6
	certain     = 3
	sure        = 1
)

// slack is what the odds may differ by in a text as it comes over the wire.
const slack = 3

// odds are those that the post complains of a service of which the cues are w, as a natural logarithm.
func (m *Matcher) odds(s *scratch, service int32, w *weighed, told bool) float64 {
	return m.complaints.LogOdds(m.features(s, service, w, told))
}

// features are what the odds are made of: the wording around the names of the service, the phrases beside them, and the cues.
func (m *Matcher) features(s *scratch, service int32, w *weighed, told bool) []uint32 {
	s.features = s.appendWording(s.features[:0], service)
	s.features = m.appendPhrasing(s.features, s, service)
	s.features = w.append(s.features)
	s.features = s.appendDoubtfulName(s.features, service)
	if told {
		s.features = append(s.features, joint(ofState, 1))
	}
	return s.features
}

// appendDoubtfulName appends what a service is called by a word that may be none of its names: how often it is one differs.
func (s *scratch) appendDoubtfulName(f []uint32, service int32) []uint32 {
	for k := range s.names {
		if n := &s.names[k]; n.service == service && n.ambiguous {
			return append(f, joint(ofName, uint32(xxh3.Hash(s.b[s.tokens[n.from].start:s.tokens[n.to-1].end]))))
		}
	}
	return f
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

// reasons are the cues and the words that speak for a complaint of a service, or, with sign -1, against it.
func (m *Matcher) reasons(s *scratch, service int32, w *weighed, sign float64) []string {
	var list []string
	for c, n := range w {
		if n > 0 && sign*m.complaints.Weight(featureOf(cue(c), n)) > 0 {
			list = append(list, cueReasons[c])
		}
	}
	if words := m.tellingWords(s, service, sign); len(words) > 0 {
		list = append(list, "the words "+strings.Join(words, ", "))
	}
	return list
}

// fewWords is how many words are told that speak for a complaint or against it.
const fewWords = 4

// tellingWords are the words that weigh most for a complaint, or, with sign -1, against it, in quotation marks.
func (m *Matcher) tellingWords(s *scratch, service int32, sign float64) []string {
	type telling struct {
		text   string
		weight float64
	}
	var words []telling
	for i := range s.tokens {
		t := &s.tokens[i]
		unit, word := s.unit(int32(i), service)
		if weight := sign * m.complaints.Weight(joint(ofWord, unit)); word && weight > 0 && t.kind != ender && t.kind != comma {
			words = append(words, telling{strconv.Quote(string(s.b[t.start:t.end])), weight})
		}
	}
	slices.SortStableFunc(words, func(a, b telling) int { return cmp.Compare(b.weight, a.weight) })
	var list []string
	for _, w := range words {
		if len(list) < fewWords && !slices.Contains(list, w.text) {
			list = append(list, w.text)
		}
	}
	return list
}
