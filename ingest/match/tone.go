package match

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
)

// tone is how somebody speaks who says that something fails: of themselves, or over it.
type tone struct {
	// points speak against a complaint.
	points int
	// styled says that it is put as headlines are, funny that it turns as jokes do.
	styled, funny bool
}

// What a sign in a post weighs. The weights are those of a logistic regression over the labelled posts that may be looked at, rounded.
const (
	turnPoints     = 5  // "suddenly", "discovered that": a joke takes its turn
	colonPoints    = 3  // "WhatsApp down: Italians forced to talk": the speaker puts a title on it
	headlinePoints = 4  // with a capital letter, in one sentence and of nobody's own it is a headline
	peoplePoints   = 3  // something happens to others: an aunt, the office, everybody
	folkPoints     = 2  // to those whom jokes like most
	stopPoints     = 1  // the post ends in a full stop
	capitalPoints  = 1  // or begins with a capital letter: it is written with care
	quotePoints    = 1  // somebody is quoted
	farPoints      = 1  // for each few words about something else, up to a few times
	partPoints     = -4 // a part is said to fail: only who uses it knows
	ownPoints      = -3 // the service itself is spoken to, by tag or account
	partlyPoints   = -3 // it fails here and not there
	questionPoints = -3 // an answer is wanted
	askPoints      = -1 // or others are asked for
	sentencePoints = -1 // more than one sentence
	severalPoints  = -1 // more than one service fails
	needPoints     = -1 // nobody jokes about a connection or a bank as long as it is their own
)

// A farPoint is given for each farWords words, farMost times at most.
const (
	farWords = 4
	farMost  = 3
)

// tone weighs whether the post suffers from the trouble of h or makes talk of it.
func (m *Matcher) tone(s *scratch, h *hit) tone {
	f, t := &s.read.flags, tone{}
	weigh := func(points int, shown bool) bool {
		if shown {
			t.points += points
		}
		return shown
	}
	turned := weigh(turnPoints, m.turns(s))
	people := weigh(peoplePoints, m.meets(s))
	folk := weigh(folkPoints, f.folk)
	titled := weigh(colonPoints, s.isTitled())
	tall := weigh(capitalPoints, s.beginsTall())
	t.styled = weigh(headlinePoints, titled && tall && !f.mine && s.sentences() == 1)
	weigh(quotePoints, s.quotes())
	weigh(stopPoints, s.endsInStop())
	weigh(partPoints, !m.isBare(s, h))
	weigh(ownPoints, h.own || h.byTag)
	weigh(partlyPoints, f.partly)
	weigh(questionPoints, f.question)
	weigh(askPoints, f.ask)
	weigh(sentencePoints, s.sentences() > 1)
	weigh(severalPoints, s.read.complaints() > 1)
	weigh(needPoints, h.service >= 0 && m.catalogue.services[h.service].lifeline)
	t.points += farPoints * min(farMost, m.strange(s)/farWords)
	t.funny = turned || people || folk
	return t
}

// complaints is of how many services it is said that they fail.
func (r *reading) complaints() int {
	n := 0
	for i := range r.hits {
		if r.hits[i].complaint {
			n++
		}
	}
	return n
}

// kind is what a post makes of trouble that it does not complain of.
func (t tone) kind() event.Kind {
	switch {
	case t.funny:
		return event.Joke
	case t.styled:
		return event.News
	}
	return event.Other
}

// isBare reports whether nothing is said of a service but that all of it fails.
func (m *Matcher) isBare(s *scratch, h *hit) bool {
	return h.whole && !h.partial && h.symptoms == 0 && m.named(s, h, m.tradeOf(h).has, true) == 0
}

// turns reports whether the post takes a turn behind words of trouble; before them it is the service that does.
func (m *Matcher) turns(s *scratch) bool {
	return len(s.read.evidence) > 0 && slices.ContainsFunc(s.spansWithin(s.read.evidence[0].to, int32(len(s.tokens))), func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == turn && int(sp.to) < len(s.tokens) && m.hears(s, sp) && !m.isOver(s, sp.from, role.suffers)
	})
}

// meets reports whether people are named to whom something happens, and not those who are asked or who suffer too.
func (m *Matcher) meets(s *scratch) bool {
	return slices.ContainsFunc(s.spans, func(sp span) bool {
		return m.lexicon.phrases[sp.phrase].role == people && m.hears(s, sp) && !m.isOver(s, sp.from, role.suffers) && !m.owns(s, sp)
	})
}

// owns reports whether those of whom sp speaks stand directly beside a name, as whoever has the service does: "my mother's WhatsApp". Behind
// it they have it only as long as nothing was said of it before.
func (m *Matcher) owns(s *scratch, sp span) bool {
	e := evidence{langs: 1 << uint(m.lexicon.phrases[sp.phrase].lang)}
	return slices.ContainsFunc(s.names, func(f found) bool {
		silent := len(s.read.evidence) == 0 || sp.to <= s.read.evidence[0].from
		return f.from >= sp.to && s.glued(sp.to, f.from, &e) || silent && f.to <= sp.from && s.glued(f.to, sp.from, &e)
	})
}

// isOver reports whether token i belongs to words of one of some roles.
func (m *Matcher) isOver(s *scratch, i int32, among func(role) bool) bool {
	for _, sp := range s.spansWithin(i-pairReach, i+1) {
		if sp.to > i && among(m.lexicon.phrases[sp.phrase].role) && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// suffers reports whether words of this role tell of whoever is hit.
func (r role) suffers() bool {
	switch r {
	case saysAfter, saysBefore, fault, ask, partly, recent:
		return true
	}
	return false
}

// complains reports whether words of this role are what complaints are made of.
func (r role) complains() bool {
	switch r {
	case joke, folk, turn, people, common, news, past, looks, renewed, addon, way, trading, plan, lasting, than:
		return false
	}
	return true
}

// strange is how many words of the post complaints are not made of.
func (m *Matcher) strange(s *scratch) int {
	n := 0
	for i := int32(0); int(i) < len(s.tokens) && n < farMost*farWords*wordCost; i++ {
		if k := s.tokens[i].kind; k != ender && k != comma && s.tokens[i].mark == 0 && s.nameOver(i) < 0 && !m.isOver(s, i, role.complains) {
			n += s.cost(i, &evidence{})
		}
	}
	return n / wordCost
}

// titleReach is how many words the title before a colon takes at most.
const titleReach = 8

// isTitled reports whether the post begins with a title and a colon, as headlines do, and as jokes do that pretend to be one.
func (s *scratch) isTitled() bool {
	for i := 1; i < len(s.tokens) && i <= titleReach; i++ {
		end := s.source(s.tokens[i-1].end-1) + 1
		if r, n := utf8.DecodeRune(s.text[min(end, len(s.text)):]); r == '：' || r == ':' && at(s.text, end+n) == ' ' {
			return true
		}
	}
	return false
}

// beginsTall reports whether the post begins with a capital letter.
func (s *scratch) beginsTall() bool {
	r, _ := utf8.DecodeRune(s.text)
	return unicode.IsUpper(r)
}

// quotationMarks are those that are not of ASCII.
var quotationMarks = [...]string{"“", "«", "„", "「", "『"}

// quotes reports whether the post holds a quotation.
func (s *scratch) quotes() bool {
	return bytes.IndexByte(s.text, '"') >= 0 || slices.ContainsFunc(quotationMarks[:], func(mark string) bool { return bytes.Contains(s.text, []byte(mark)) })
}

// sentences is how many sentences the post has; 0: it has no words.
func (s *scratch) sentences() int {
	if len(s.tokens) == 0 {
		return 0
	}
	last := len(s.tokens) - 1
	for last > 0 && s.tokens[last].kind == ender {
		last--
	}
	return int(s.sent[last]) + 1
}

// endsInStop reports whether the post ends in a full stop.
func (s *scratch) endsInStop() bool {
	r, _ := utf8.DecodeLastRune(s.text)
	return r == '.' || r == '。'
}
