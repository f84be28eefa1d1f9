package match

import (
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// What stands in the place of names in a wording, and where it begins and ends.
const (
	markTopic uint32 = iota + 1
	markOther
	markBegin
	markEnd
)

// Kinds of features, so that a word is none of the others.
const (
	ofWord uint32 = iota + 1
	ofPair
	ofRun
	ofHead
	ofSide
	ofRole
	ofSymptom
	ofCue
	ofState
	ofName
	ofTold
	ofTrade
	ofService
)

// maxFeatures is how many features of a text are looked at.
const maxFeatures = 1 << 10

// maxRun is how many letters of a script without blanks are taken together.
const maxRun = 4

// minHeadLen and maxHeadLen are how many letters of a longer word are taken for it.
const (
	minHeadLen = 4
	maxHeadLen = 6
)

// appendWording appends how the loaded text is worded around the names of a service: its words, each two that stand together, on which side of
// the first name in their sentence they stand, the beginnings of long ones, and, in scripts without blanks, each two to four letters. Of the
// names it tells only whether they are of the service.
func (s *scratch) appendWording(f []uint32, service int32) []uint32 {
	run := [maxRun]uint32{}
	length, before := 0, markBegin
	topic := s.topic(service)
	for i := int32(0); int(i) < len(s.tokens) && len(f) < maxFeatures; i++ {
		t := &s.tokens[i]
		if t.kind == ender && s.b[t.start] == '\n' {
			continue // Formats differ in where they break lines.
		}
		unit, word := s.unit(i, service)
		if !word && unit == before {
			continue // A name of several words.
		}
		f = append(f, joint(ofWord, unit), joint(joint(ofPair, before), unit))
		if word && topic >= 0 && s.sent[i] == s.sent[topic] {
			f = append(f, joint(joint(ofSide, sideOf(i, topic)), unit))
		}
		before = unit
		switch {
		case !word:
			length = 0
		case t.isLetter():
			length++
			run[length%maxRun] = unit
			f = appendRuns(f, &run, length)
		default:
			length = 0
			f = s.appendHeads(f, t)
		}
	}
	return append(f, joint(joint(ofPair, before), markEnd))
}

// topic is the first token of the first name of a service; -1: it is not named.
func (s *scratch) topic(service int32) int32 {
	for k := range s.names {
		if s.names[k].service == service {
			return s.names[k].from
		}
	}
	return -1
}

// sideOf tells whether token i stands behind the topic.
func sideOf(i, topic int32) uint32 {
	if i > topic {
		return 1
	}
	return 0
}

// unit is what token i is in a wording; word says that it is none of a name.
func (s *scratch) unit(i, service int32) (unit uint32, word bool) {
	if k := s.nameOver(i); k >= 0 {
		if s.names[k].service == service {
			return markTopic, false
		}
		return markOther, false
	}
	t := &s.tokens[i]
	return uint32(xxh3.Hash(s.b[t.start:t.end])) ^ uint32(t.mark), true
}

// appendRuns appends the runs of three letters and more that end with the last of length letters.
func appendRuns(f []uint32, run *[maxRun]uint32, length int) []uint32 {
	h := joint(ofRun, run[length%maxRun])
	for n := 1; n < min(length, maxRun); n++ {
		h = joint(h, run[(length-n)%maxRun])
		if n > 1 {
			f = append(f, h)
		}
	}
	return f
}

// appendHeads appends the beginnings of a word that is longer than they are.
func (s *scratch) appendHeads(f []uint32, t *token) []uint32 {
	letters := 0
	for k := t.start; k < t.end; letters++ {
		if letters >= minHeadLen {
			f = append(f, joint(ofHead, uint32(xxh3.Hash(s.b[t.start:k]))))
		}
		if letters == maxHeadLen {
			return f
		}
		_, size := utf8.DecodeRune(s.b[k:])
		k += int32(size)
	}
	return f
}

// joint makes one hash of two, in their order.
func joint(a, b uint32) uint32 {
	h := (a ^ b>>15) * 0x2C1B3C6D
	h = (h ^ h>>12 ^ b) * 0x297A2D39
	return h ^ h>>15
}
