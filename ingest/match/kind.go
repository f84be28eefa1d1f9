package match

import (
	"slices"

	"github.com/outcry/outcry/event"
)

// flags are what the post says as a whole.
type flags struct {
	news, joke, past, planned, mine, rumour, ask, partly, ack, folk, agree bool
	question                                                               bool // a question mark
	link                                                                   bool // an address to read on
	headline                                                               bool // a capital letter, some words, and a link to read on
}

// survey notes what the post says as a whole.
func (m *Matcher) survey(s *scratch) flags {
	var f flags
	for _, sp := range s.spans {
		if !m.tells(s, sp) {
			continue
		}
		f.partly = f.partly || m.lexicon.phrases[sp.phrase].split
		switch m.lexicon.phrases[sp.phrase].role {
		case news:
			f.news = true
		case joke:
			f.joke = f.joke || !m.isAsked(s, sp)
		case past:
			f.past = true
		case plan:
			f.planned = true
		case mine:
			f.mine = f.mine || m.isOwnTongue(s, sp) && !m.isOver(s, sp.from, role.reports)
		case rumour:
			f.rumour = f.rumour || !m.isOver(s, sp.from, role.corrects)
		case ask:
			f.ask = f.ask || !m.isAnswer(s, sp)
		case folk:
			f.folk = f.folk || m.opensClause(s, sp.from) && !m.after(s, sp.from, placing)
		case partly:
			f.partly = true
		case ack:
			f.ack = true
		case agree:
			f.agree = f.agree || !m.isOver(s, sp.from, role.reports)
		}
	}
	f.past = f.past || !f.mine && s.namesYear()
	f.headline, f.link = s.isHeadline(), s.link
	for i := range s.tokens {
		f.question = f.question || m.isQuestionMark(s, int32(i))
	}
	m.markAsking(s, f.ask)
	return f
}

// reports reports whether words of this role tell the news: the "we" in "what we know so far" is nobody who suffers.
func (r role) reports() bool { return r == news }

// markAsking notes which sentences ask: those with words that ask for others, and, where others are asked at all, those that end in a question mark.
func (m *Matcher) markAsking(s *scratch, others bool) {
	s.asking = emptied(s.asking, len(s.tokens))
	for _, sp := range s.spans {
		if m.lexicon.phrases[sp.phrase].role == ask && m.hears(s, sp) {
			s.asking[s.sent[sp.from]] = true
		}
	}
	for i := 1; others && i < len(s.tokens); i++ {
		if m.isQuestionMark(s, int32(i)) {
			s.asking[s.sent[i-1]] = true
		}
	}
}

// isQuestionMark reports whether token i ends a question.
func (m *Matcher) isQuestionMark(s *scratch, i int32) bool {
	t := s.tokens[i]
	return t.kind == ender && (s.b[t.start] == '?' || s.read.tongues&m.lexicon.greek != 0 && s.isGreekQuestion(t.start))
}

// namesYear reports whether a year of this century before that of the post stands in the text.
func (s *scratch) namesYear() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool {
		if t.mark != 0 || t.end-t.start != 4 || s.b[t.start] != '2' || s.b[t.start+1] != '0' {
			return false
		}
		tens, ones := s.b[t.start+2]-'0', s.b[t.start+3]-'0'
		return tens < 10 && ones < 10 && 2000+10*int(tens)+int(ones) < s.read.year
	})
}

// isOwnTongue reports whether sp is of a language of the post: the Italian article "i" is no English "I".
func (m *Matcher) isOwnTongue(s *scratch, sp span) bool {
	return s.read.tongues == 0 || s.read.tongues&(1<<uint(m.lexicon.phrases[sp.phrase].lang)) != 0
}

// isAsked reports whether sp begins within words that ask: "que moi qui" is no joke of "moi qui".
func (m *Matcher) isAsked(s *scratch, sp span) bool {
	for _, other := range s.spansWithin(sp.from-farthest, sp.from) {
		if p := &m.lexicon.phrases[other.phrase]; other.to > sp.from && p.role == ask && m.hears(s, other) {
			return true
		}
	}
	return false
}

// isAnswer reports whether words that ask are the end of words that it works again: "chal raha hai" in "ab chal raha hai".
func (m *Matcher) isAnswer(s *scratch, sp span) bool {
	return slices.ContainsFunc(s.spansWithin(sp.from-pairReach, sp.from), func(other span) bool {
		p := &m.lexicon.phrases[other.phrase]
		return p.role == back && p.pair == 0 && other.to > sp.from && m.hears(s, other)
	})
}

// opensClause reports whether a clause begins at token i: at an end of a sentence, a comma or a word that joins, or, in scripts without blanks,
// anywhere.
func (m *Matcher) opensClause(s *scratch, i int32) bool {
	if i == 0 || s.sent[i-1] != s.sent[i] || s.tokens[i].kind != spaced {
		return true
	}
	return s.tokens[i-1].kind != spaced || s.glue[i-1] != 0
}

// isGreekQuestion reports whether b[k] was written as a semicolon, or as the mark that looks like one.
func (s *scratch) isGreekQuestion(k int32) bool {
	c := at(s.text, s.source(k))
	return c == ';' || c == 0xCD
}

// minHeadline is how many tokens a headline has at least.
const minHeadline = 5

// isHeadline reports whether the post looks like a headline with its link. Links that networks put behind pictures do not
// count.
func (s *scratch) isHeadline() bool {
	if !s.link || len(s.tokens) < minHeadline {
		return false
	}
	first := s.tokens[0]
	return first.mark == 0 && !s.isSmall(0)
}

// kind decides what the post does with the service of h; false: it says nothing of it that is worth a mention.
func (m *Matcher) kind(s *scratch, h *hit, official bool) (event.Kind, bool) {
	f := &s.read.flags
	trouble := h.complaint
	switch {
	case official && (trouble || h.back || f.ack):
		return event.Official, true
	case h.byTag && !h.back && m.isAllBack(s):
		return event.Other, true
	case trouble || h.byPhrase || h.own && h.byTag:
		return m.troubleKind(s, h), true
	case h.back && m.lasts(s, back):
		return m.complaintKind(s), true
	case h.back:
		return m.backKind(s), true
	case h.own:
		return event.Other, true
	case h.named && f.joke:
		return event.Joke, true
	case h.named:
		return event.Other, true
	}
	return "", false
}

// isAllBack reports whether all words of the post say that something works again, so that a tag of trouble tells what it is about:
// "Gmail works again #googledown".
func (m *Matcher) isAllBack(s *scratch) bool {
	return len(s.read.evidence) > 0 && !m.asksIfBack(s) && !slices.ContainsFunc(s.read.evidence, func(e evidence) bool { return e.role != back })
}

// asks reports whether the post asks as somebody does who wants to know, and leads nowhere.
func (f *flags) asks() bool { return f.ask && f.question && !f.link }

// troubleKind tells a complaint from talk about trouble.
func (m *Matcher) troubleKind(s *scratch, h *hit) event.Kind {
	talk, firm := m.talkKind(s, h)
	switch {
	case s.read.guessed && talk == "", talk.IsComplaint():
		return m.complaintKind(s)
	case s.read.guessed, firm:
		return talk
	case !isWeighed(talk) && m.isCertain(s, h, talk):
		return m.complaintKind(s)
	case !isWeighed(talk):
		return talk
	}
	switch t := m.tone(s, h); {
	case !m.isDoubtful(s, h, t, talk):
		return m.complaintKind(s)
	case talk == "":
		return t.kind()
	}
	return talk
}

// isWeighed reports whether the odds decide over what words make of trouble. That it is over, or was none, words say, unless the odds are certain.
func isWeighed(talk event.Kind) bool { return talk == "" || talk == event.News || talk == event.Joke }

// talkKind is what the post makes of trouble by words that are known to make more of it than a complaint; "": there are none. It is firm where
// the odds know too little to overrule it: of what fails elsewhere, and of what works again.
func (m *Matcher) talkKind(s *scratch, h *hit) (talk event.Kind, firm bool) {
	f := &s.read.flags
	switch {
	case m.isOfOwnLine(s, h), m.isElsewhere(s, h):
		return event.Other, true
	case f.rumour, f.past && !m.lasts(s, past), m.isPlanned(s):
		return event.Other, m.isAllBack(s)
	case (f.agree || h.corrected) && !h.back:
		return m.complaintKind(s), false
	case f.news && !f.asks() && !f.mine && !s.speaksUp() && !m.suffersToo(s) && (f.link || !m.lasts(s, news)), f.headline && !f.ask && !f.question && !h.own:
		return event.News, false
	case h.back && (!f.question && !f.ask || m.isAllBack(s)) && !m.worksElse(s, h) && !m.lasts(s, back):
		return event.Recovery, m.isAllBack(s)
	case f.joke && h.symptoms == 0 && !s.speaksUp():
		return event.Joke, false
	}
	return "", false
}

// otherPartReach is how many words may stand between a part and the words that it works.
const otherPartReach = 2

// worksElse reports whether all that is said to work is parts of h other than those that fail: "calls drop, texting works".
func (m *Matcher) worksElse(s *scratch, h *hit) bool {
	failing := m.told(s, h)
	if failing == 0 {
		return false
	}
	for i := range s.read.evidence {
		e := &s.read.evidence[i]
		if e.role == back && !slices.ContainsFunc(s.spansWithin(e.from-otherPartReach, e.from), func(sp span) bool {
			one := m.partOf(sp, every)
			return one != 0 && one&failing == 0 && sp.to <= e.from && s.sent[sp.from] == s.sent[e.from] && m.hears(s, sp)
		}) {
			return false
		}
	}
	return true
}

// speaksUp reports whether the post is said to the account of a service, so that it is neither news nor a joke to whoever says it.
func (s *scratch) speaksUp() bool { return s.read.addressed && s.tokens[0].mark == '@' }

// suffersToo reports whether, in a sentence that tells no news, the post says that a part fails: "the news says Instagram is down. It
// won't load".
func (m *Matcher) suffersToo(s *scratch) bool {
	return !s.link && slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
		return e.role != back && e.symptoms != 0 && !slices.ContainsFunc(s.spans, func(sp span) bool {
			return m.lexicon.phrases[sp.phrase].role == news && s.sent[sp.from] == s.sent[e.from] && m.tells(s, sp)
		})
	})
}

// lasts reports whether the post says, in a sentence behind all words of the role, that something still fails: "what happened to Discord
// earlier? Still nothing loads".
func (m *Matcher) lasts(s *scratch, r role) bool {
	behind := int32(-1)
	for _, sp := range s.spans {
		if m.lexicon.phrases[sp.phrase].role == r && m.hears(s, sp) {
			behind = s.sent[sp.from]
		}
	}
	if behind < 0 {
		return false
	}
	return slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
		return e.role != back && s.sent[e.from] > behind && slices.ContainsFunc(s.spans, func(sp span) bool {
			return m.lexicon.phrases[sp.phrase].role == lasting && s.sent[sp.from] == s.sent[e.from] && m.hears(s, sp)
		})
	})
}

// complaintKind tells a report from a question. Whoever tells an account what fails, in a sentence that is no question, reports it, whatever else
// they ask of it.
func (m *Matcher) complaintKind(s *scratch) event.Kind {
	f := &s.read.flags
	if (f.question || f.ask) && !(s.speaksUp() && m.states(s)) {
		return event.Question
	}
	return event.Report
}

// states reports whether the post says that something fails in a sentence that does not end in a question mark.
func (m *Matcher) states(s *scratch) bool {
	return slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
		end := e.to
		for int(end) < len(s.tokens) && end < e.to+farthest && s.tokens[end].kind != ender {
			end++
		}
		return e.role != back && !e.asked && (int(end) == len(s.tokens) || !m.isQuestionMark(s, end))
	})
}

// backKind tells what the post makes of a service that is said to work again.
func (m *Matcher) backKind(s *scratch) event.Kind {
	switch {
	case s.read.flags.past:
		return event.Other
	case m.asksIfBack(s):
		return event.Question
	}
	return event.Recovery
}

// asksIfBack reports whether all sentences in which something is said to work again ask whether it does: "Zoom is back. Who's in?" does not.
func (m *Matcher) asksIfBack(s *scratch) bool {
	f := &s.read.flags
	return (f.question || f.ask) && !slices.ContainsFunc(s.read.evidence, func(e evidence) bool {
		return e.role == back && !m.asksIn(s, s.sent[e.from])
	})
}

// asksIn reports whether a sentence asks: by a question mark at its end, or by words that ask for others.
func (m *Matcher) asksIn(s *scratch, sentence int32) bool {
	if s.asking[sentence] {
		return true
	}
	for i := range s.tokens {
		if s.sent[i] == sentence && m.isQuestionMark(s, int32(i)) {
			return true
		}
	}
	return false
}
