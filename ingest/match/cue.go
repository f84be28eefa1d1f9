package match

import (
	"bytes"
	"math/bits"
)

// cue is a sign by which whoever names a service complains of it or does not, whatever words of trouble are known.
type cue uint8

const (
	cueTrouble cue = iota
	cueOther
	cueTelling
	cueRate
	cueLength
	cueDense
	cueBegins
	cueEnds
	cueSlip
	cueEveryday
	cueMaybe
	cueTold
	cueStill
	cueFine
	cueNeed
	cueGoods
	cueOwn
	cueTag
	cueWhole
	cuePart
	cueAnywhere
	cueAfter
	cueBefore
	cueTone
	cueStrange
	cueUnknown
	cueFar
	cueShort
	cueFollowed
	cueGap
	cueQuestion
	cueAsk
	cueThing
	cueScreen
	cueNamed
	cueReach
	cueQuote
	cueNumber
	cueSingle
	cueCapital
	cueStop
	cueRefuge
	cuePlace
	cueUse
	cueUsing
	cueChoice
	cueMarket
	cueLack
	cueUnlike
	cueOthers
	cuePast
	cueNews
	cueBack
	cueRecent
	cueSeveral
	cueLink
	cueSaidNews
	cueSaidJoke
	cueMine
	numCues
)

// cueReasons are what each cue is for people.
var cueReasons = [numCues]string{
	cueTrouble:  "words of which phrases of trouble are made",
	cueOther:    "words of which other phrases are made",
	cueTelling:  "a word that seldom speaks of anything but trouble",
	cueRate:     "little but words of which phrases of trouble are made",
	cueLength:   "its length in words",
	cueDense:    "a script without blanks",
	cueBegins:   "the name comes first",
	cueEnds:     "the name ends its clause",
	cueSlip:     "the name is misspelt",
	cueEveryday: "the name is an everyday word",
	cueMaybe:    "the name may be no name",
	cueTold:     "words of trouble",
	cueFine:     "it runs as it should",
	cueStill:    "something stands still, or there is nothing to see",
	cueNeed:     "nobody does without it of their own will",
	cueGoods:    "a business with goods or vehicles",
	cueOwn:      "the service is spoken to",
	cueTag:      "a tag complains, or a phrase that is one by itself",
	cueWhole:    "all of it fails",
	cuePart:     "a part fails",
	cueAnywhere: "words that speak for themselves",
	cueAfter:    "words that need the name before them",
	cueBefore:   "words that need the name behind them",
	cueTone:     "the tone of talk",
	cueStrange:  "words about something else",
	cueUnknown:  "words that no phrase of the language has",
	cueFar:      "words between the name and those of trouble",
	cueShort:    "a single word of trouble",
	cueFollowed: "a word about something else directly behind words of trouble",
	cueGap:      "words within those of trouble that trouble is not told in",
	cueQuestion: "a question mark",
	cueAsk:      "others are asked",
	cueThing:    "a thing that services have",
	cueScreen:   "something on screens",
	cueNamed:    "a part of a service is named",
	cueReach:    "something does not connect",
	cueQuote:    "a quotation",
	cueNumber:   "a number",
	cueSingle:   "a single sentence",
	cueCapital:  "a capital letter at the beginning",
	cueStop:     "a full stop at the end",
	cueRefuge:   "the name is where people turn to",
	cuePlace:    "the name is where somebody is",
	cueUse:      "something that is done with a service",
	cueUsing:    "it is done with this one",
	cueChoice:   "a choice",
	cueMarket:   "prices",
	cueLack:     "something is lacking",
	cueUnlike:   "what looks like trouble and is none",
	cueOthers:   "something happens to others",
	cuePast:     "what is over",
	cueNews:     "words of news",
	cueBack:     "it works again",
	cueRecent:   "it is not long ago",
	cueSeveral:  "other services are named",
	cueLink:     "an address to read on",
	cueSaidNews: "told as news",
	cueSaidJoke: "told as a joke",
	cueMine:     "it happens to whoever writes",
}

// weighed is how much there is of each cue in a post.
type weighed [numCues]int

func (w *weighed) show(c cue, shown bool) {
	if shown {
		w[c] = 1
	}
}

// Bounds of what is counted. Words weigh by quarters, see vocabulary.
const (
	mostTrouble = 48
	mostOther   = 32
	mostWords   = 24
	ratePer     = 8
	mostStrange = 8
	mostTone    = 8
	mostUnknown = 8
	mostFar     = 6
	mostGap     = 4
)

// cues tells how much there is of each cue in a post that was surveyed, but for those of a name and those that words of trouble give.
func (m *Matcher) cues(s *scratch) weighed {
	w := m.signs(s)
	m.weighWords(s, &w)
	return w
}

// signs are the cues but for what the words weigh.
func (m *Matcher) signs(s *scratch) (w weighed) {
	s.measure(&w)
	r, fl := m.heard(s), &s.read.flags
	w.show(cueQuestion, fl.question)
	w.show(cueAsk, fl.ask)
	w.show(cueMine, fl.mine)
	w.show(cueThing, r.has(thing))
	w.show(cueScreen, r.has(screen))
	w.show(cueNamed, r.has(part))
	w.show(cueReach, r.has(reaching))
	w.show(cueTold, r.has(fault) || r.has(saysAfter) || r.has(saysBefore))
	w.show(cueFine, r.has(fine) && !fl.partly)
	w.show(cueStill, r.has(stall) || r.has(blank) || r.has(loading))
	w.show(cueQuote, s.quotes())
	w.show(cueNumber, bytes.ContainsAny(s.text, "0123456789"))
	w.show(cueSingle, s.sentences() == 1)
	w.show(cueCapital, s.beginsTall())
	w.show(cueStop, s.endsInStop())
	w.show(cueUse, r.has(using))
	w.show(cueChoice, r.has(either))
	w.show(cueMarket, r.has(market))
	w.show(cueLack, r.has(lack))
	w.show(cueUnlike, r.has(unlike))
	w.show(cueOthers, fl.folk || r.has(folk) || r.has(people))
	w.show(cuePast, fl.past)
	w.show(cueNews, r.has(news))
	w.show(cueBack, r.has(back))
	w.show(cueRecent, r.has(recent))
	w.show(cueLink, s.link)
	return w
}

// withName adds to w the cues that the name f gives.
func (m *Matcher) withName(s *scratch, w weighed, f *found) weighed {
	w.show(cueSeveral, s.namesOther(f.service))
	w.show(cueGoods, m.catalogue.services[f.service].physical)
	w.show(cueBegins, f.from == s.firstWord())
	w.show(cueEnds, s.clauseEnds(f.to))
	w.show(cueSlip, f.slip)
	w.show(cueEveryday, !f.sure)
	w.show(cueMaybe, f.ambiguous)
	w.show(cueNeed, m.catalogue.services[f.service].lifeline)
	w.show(cueRefuge, m.after(s, f.from, refuge))
	w.show(cuePlace, m.after(s, f.from, placing))
	w.show(cueUsing, m.after(s, f.from, using))
	return w
}

// weighWords weighs the words of the post by how the lexicon uses them.
func (m *Matcher) weighWords(s *scratch, w *weighed) {
	trouble, other, most, unknown := 0, 0, 0, 0
	for i := range s.tokens {
		if s.weighs(int32(i)) {
			weight, known := m.weight(s, int32(i))
			if !known {
				unknown++
			}
			trouble += max(0, weight)
			other += max(0, -weight)
			most = max(most, weight)
		}
	}
	w[cueTrouble], w[cueOther], w[cueTelling] = min(trouble, mostTrouble), min(other, mostOther), most
	w[cueUnknown] = min(unknown, mostUnknown)
	w[cueRate] = ratePer * trouble / max(s.measure(w), 1)
}

// measure weighs how long the post is, and returns how many halves of words it has. A letter of which two are taken for a word is one.
func (s *scratch) measure(w *weighed) (n int) {
	for i := range s.tokens {
		if !s.weighs(int32(i)) {
			continue
		}
		n += 2
		if s.tokens[i].isLetter() {
			n, w[cueDense] = n-1, 1
		}
	}
	w[cueLength] = min(n/2, mostWords)
	return n
}

// weighs reports whether token i is a word that speaks for or against a complaint.
func (s *scratch) weighs(i int32) bool {
	t := &s.tokens[i]
	return t.kind != ender && t.kind != comma && t.mark == 0 && !s.isNamed(i)
}

// isLetter reports whether a token is one letter of a script of which two are taken for a word.
func (t *token) isLetter() bool { return t.kind == joined || t.kind == hangul }

// isNamed reports whether token i belongs to a name that is no everyday word, or of which something is said.
func (s *scratch) isNamed(i int32) bool {
	k := s.nameOver(i)
	return k >= 0 && (s.names[k].sure || s.names[k].said)
}

// weight is what the languages of the post tell of the word at token i, and whether they know it. Of letters it is never said that they do not.
func (m *Matcher) weight(s *scratch, i int32) (weight int, known bool) {
	t := &s.tokens[i]
	end := t.end
	if t.isLetter() {
		if int(i)+1 >= len(s.tokens) || s.tokens[i+1].start != end || !s.tokens[i+1].isLetter() {
			return 0, true
		}
		end = s.tokens[i+1].end
	} else {
		end = t.start + int32(stem(s.b[t.start:end]))
	}
	best := -maxUnits
	hash := hashOf(s.b[t.start:end])
	for langs := uint64(s.read.tongues); langs != 0; langs &= langs - 1 {
		if one, ok := m.lexicon.vocabularies[bits.TrailingZeros64(langs)]().weight(hash); ok {
			best, known = max(best, int(one)), true
		}
	}
	if !known {
		return 0, t.isLetter() || s.read.tongues == 0
	}
	return best, true
}

// roles is a set of roles.
type roles uint64

// There is a bit for the last role.
const _ = roles(1) << last

func (r roles) has(one role) bool { return r&(1<<one) != 0 }

// heard are the roles of all phrases that count in the post.
func (m *Matcher) heard(s *scratch) (r roles) {
	for _, sp := range s.spans {
		if one := m.lexicon.phrases[sp.phrase].role; !r.has(one) && m.hears(s, sp) {
			r |= 1 << one
		}
	}
	return r
}
