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
	numCues
)

// cueWeights are what each cue weighs for a complaint, in hundredths of the logarithm of the odds, and what it is for people: guess where
// no words of trouble are known, doubt where they are.
//
// The weights are those of two logistic regressions, rounded, over the labelled posts that may be looked at, as far as possible each read
// with the lexicon as it stood before the post was written, which had learned nothing from it. The others took part in the first only where
// they do not complain, and in the second at less weight; look-alikes counted for two or more. In the first took part, too, a sample of
// everyday posts of the simulator, and posts of real networks in which nobody complains of a service. The weights of prices, and of names
// that may be none, are set by hand. Those of how words of trouble stand to the name, and of words that are not known, were fitted beside the
// others, with everyday sentences into which a name was put anywhere, and weakened until the held-out posts were read no worse.
var cueWeights = [numCues]struct {
	guess, doubt int
	reason       string
}{
	cueTrouble:  {8, 0, "words of which phrases of trouble are made"},
	cueOther:    {-10, -7, "words of which other phrases are made"},
	cueTelling:  {3, -5, "a word that seldom speaks of anything but trouble"},
	cueRate:     {0, 4, "little but words of which phrases of trouble are made"},
	cueLength:   {-4, 16, "its length in words"},
	cueDense:    {-127, 0, "a script without blanks"},
	cueBegins:   {135, 118, "the name comes first"},
	cueEnds:     {-44, 0, "the name ends its clause"},
	cueSlip:     {-34, 0, "the name is misspelt"},
	cueEveryday: {0, -52, "the name is an everyday word"},
	cueMaybe:    {-50, 0, "the name may be no name"},
	cueTold:     {105, 0, "words of trouble"},
	cueFine:     {0, -90, "it runs as it should"},
	cueStill:    {56, 0, "something stands still, or there is nothing to see"},
	cueNeed:     {130, 0, "nobody does without it of their own will"},
	cueGoods:    {0, 31, "a business with goods or vehicles"},
	cueOwn:      {0, 137, "the service is spoken to"},
	cueTag:      {0, 251, "a tag complains, or a phrase that is one by itself"},
	cueWhole:    {0, 91, "all of it fails"},
	cuePart:     {0, 51, "a part fails"},
	cueAnywhere: {0, 49, "words that speak for themselves"},
	cueAfter:    {0, -54, "words that need the name before them"},
	cueBefore:   {0, -38, "words that need the name behind them"},
	cueTone:     {0, -9, "the tone of talk"},
	cueStrange:  {0, -34, "words about something else"},
	cueUnknown:  {0, -12, "words that no phrase of the language has"},
	cueFar:      {0, -28, "words between the name and those of trouble"},
	cueShort:    {0, -20, "a single word of trouble"},
	cueFollowed: {0, -20, "a word about something else directly behind words of trouble"},
	cueGap:      {0, -60, "words within those of trouble that trouble is not told in"},
	cueQuestion: {136, 181, "a question mark"},
	cueAsk:      {65, 83, "others are asked"},
	cueThing:    {34, 93, "a thing that services have"},
	cueScreen:   {38, -21, "something on screens"},
	cueNamed:    {135, 99, "a part of a service is named"},
	cueReach:    {93, 45, "something does not connect"},
	cueQuote:    {210, 127, "a quotation"},
	cueNumber:   {92, 0, "a number"},
	cueSingle:   {35, 0, "a single sentence"},
	cueCapital:  {-107, -70, "a capital letter at the beginning"},
	cueStop:     {10, -89, "a full stop at the end"},
	cueRefuge:   {-125, -120, "the name is where people turn to"},
	cuePlace:    {9, 0, "the name is where somebody is"},
	cueUse:      {-44, -56, "something that is done with a service"},
	cueUsing:    {-11, -147, "it is done with this one"},
	cueChoice:   {-8, 0, "a choice"},
	cueMarket:   {-200, 0, "prices"},
	cueLack:     {-40, -53, "something is lacking"},
	cueUnlike:   {-259, -95, "what looks like trouble and is none"},
	cueOthers:   {17, -54, "something happens to others"},
	cuePast:     {-26, 0, "what is over"},
	cueNews:     {-14, -126, "words of news"},
	cueBack:     {-19, -65, "it works again"},
	cueRecent:   {-43, 45, "it is not long ago"},
}

// weighed is how much there is of each cue in a post.
type weighed [numCues]int

func (w *weighed) show(c cue, shown bool) {
	if shown {
		w[c] = 1
	}
}

// What is added to the cues.
const (
	guessBase = -547
	doubtBase = 28
)

// reasons are what spoke for a guess.
func (w *weighed) reasons() []string {
	var list []string
	for c := range w {
		if w[c]*cueWeights[c].guess > 0 {
			list = append(list, cueWeights[c].reason)
		}
	}
	return list
}

// guess is what the cues weigh for a complaint where no words of trouble are known.
func (w *weighed) guess() int {
	n := guessBase
	for c := range w {
		n += w[c] * cueWeights[c].guess
	}
	return n
}

// doubt is what they weigh for a complaint where some are.
func (w *weighed) doubt() int {
	n := doubtBase
	for c := range w {
		n += w[c] * cueWeights[c].doubt
	}
	return n
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
	return w
}

// withName adds to w the cues that the name f gives.
func (m *Matcher) withName(s *scratch, w weighed, f *found) weighed {
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

// mostOfWords is what words weigh at most for a guess.
func mostOfWords() int {
	n := 0
	for _, of := range [...]struct {
		c    cue
		most int
	}{{cueTrouble, mostTrouble}, {cueOther, mostOther}, {cueTelling, maxUnits}, {cueRate, ratePer * maxUnits}} {
		n += max(0, of.most*cueWeights[of.c].guess)
	}
	return n
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
