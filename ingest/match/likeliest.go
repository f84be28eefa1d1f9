package match

import "github.com/zeebo/xxh3"

// noPart stands in the place of a symptom where none is told.
const noPart = uint32(1) << 16

// ruleWeight is how many times what the rules tell stands among the features: it says more than any word.
const ruleWeight = 2

// By how much the odds of another part are better, as natural logarithms, so that it is believed: overruleNone where the rules tell of none, and
// overruleTold where they tell of one in plain words.
const (
	overruleNone = 1.5
	overruleTold = 3
)

// likeliest is the part of a service that most likely fails in a post of which the rules say that told do, or none.
func (m *Matcher) likeliest(s *scratch, service int32, told parts) parts {
	s.features = m.partFeatures(s.features[:0], s, service, told)
	best, most := parts(0), m.partOdds(s, noPart)
	if told == 0 {
		most += overruleNone
	}
	for i := range symptoms {
		odds := m.partOdds(s, uint32(i))
		if told.have(int8(i)) {
			odds += overruleTold
		}
		if odds > most {
			best, most = 1<<uint(i), odds
		}
	}
	return best
}

// partOdds are the odds, as a natural logarithm, that it is one symptom that s.features tell of.
func (m *Matcher) partOdds(s *scratch, symptom uint32) float64 {
	s.ofPart = appendOfPart(s.ofPart[:0], s.features, symptom)
	return m.failures.LogOdds(s.ofPart)
}

// appendOfPart appends features as they speak for one symptom, so that all symptoms share one table.
func appendOfPart(f, features []uint32, symptom uint32) []uint32 {
	for _, one := range features {
		f = append(f, joint(one, symptom))
	}
	return f
}

// partFeatures appends the features by which it is told what fails: the wording and the phrases around the service, what the rules made of
// them, and what the service is.
func (m *Matcher) partFeatures(f []uint32, s *scratch, service int32, told parts) []uint32 {
	f = s.appendWording(f, service)
	f = m.appendPhrasing(f, s, service)
	for range ruleWeight {
		f = append(f, joint(ofTold, uint32(told)))
	}
	if service < 0 {
		return f
	}
	e := &m.catalogue.services[service]
	return append(f, joint(ofTrade, uint32(e.main)), joint(joint(ofTrade, 1), uint32(e.has)), joint(ofService, uint32(xxh3.HashString(e.id))))
}
