package match

import (
	"unicode"
	"unicode/utf8"
)

// recognise takes a name that is an everyday word too for the service where the post speaks of the service's trade.
func (m *Matcher) recognise(s *scratch) {
	for k := range s.names {
		if f := &s.names[k]; f.ambiguous && (!s.isParticle(*f) || s.isShort(f)) && m.isMeant(s, f) {
			f.ambiguous = false
		}
	}
}

// isShort reports whether f is a name of three letters with a capital, as Cox and Tim are, and no smaller word.
func (s *scratch) isShort(f *found) bool {
	t := s.tokens[f.from]
	return t.end-t.start == minSubject-1 && s.isCapital(f.from)
}

// isMeant reports whether the words around an everyday word show that it is the service's name.
func (m *Matcher) isMeant(s *scratch, f *found) bool {
	if s.tokens[f.from].mark == '@' {
		return false
	}
	if !s.isCapital(f.from) {
		return false
	}
	if m.isEveryday(s, *f) {
		return s.isSmall(f.from-1) && m.owned(s, f.to)
	}
	return m.isBlamed(s, f) || m.tradeBeside(s, f) || m.tradeFails(s, f)
}

// isCapital reports whether the word of token i begins with a capital letter, or is of a script that has none.
func (s *scratch) isCapital(i int32) bool {
	r, _ := utf8.DecodeRune(s.text[s.source(s.tokens[i].start):])
	return unicode.IsLetter(r) && !unicode.IsLower(r)
}

// isTall reports whether the word of token i begins with a capital letter.
func (s *scratch) isTall(i int32) bool {
	r, _ := utf8.DecodeRune(s.text[s.source(s.tokens[i].start):])
	return unicode.IsUpper(r)
}

// owned reports whether at token i stands what a service has, so that the article before its name is not the name's own: "a Rogers
// outage", "any Frontier customers".
func (m *Matcher) owned(s *scratch, i int32) bool {
	for _, sp := range s.spansEnding(i + 1) {
		if p := &m.lexicon.phrases[sp.phrase]; (p.role == fault || p.role == screen || p.role == thing) && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// isBlamed reports whether f stands behind words of blame, in a post that speaks of trouble.
func (m *Matcher) isBlamed(s *scratch, f *found) bool {
	return m.after(s, f.from, blame) && !f.plain
}

// tradeReach is how many words may stand between a name and a word of its trade: "my Rogers home internet".
const tradeReach = 1

// tradeBeside reports whether a word of the trade of f stands beside it.
func (m *Matcher) tradeBeside(s *scratch, f *found) bool {
	own := m.catalogue.services[f.service].own
	for _, sp := range s.spansWithin(f.from-farthest, f.to+tradeReach+1) {
		if sp.to < f.from-tradeReach || sp.from > f.to+tradeReach || sp.from < f.to && f.from < sp.to || s.sent[sp.from] != s.sent[f.from] {
			continue
		}
		p := &m.lexicon.phrases[sp.phrase]
		if !m.hears(s, sp) || s.parted(min(sp.to, f.to), max(sp.from, f.from)) {
			continue
		}
		if p.role == screen || p.role == part && own.have(p.symptom) {
			return true
		}
	}
	return false
}

// parted reports whether a comma stands among tokens[from:to].
func (s *scratch) parted(from, to int32) bool {
	for i := from; i < to; i++ {
		if s.tokens[i].kind == comma {
			return true
		}
	}
	return false
}

// tradeFails reports whether the sentence of f says that a part of the trade of f fails: "no signal at all on Rogers".
func (m *Matcher) tradeFails(s *scratch, f *found) bool {
	own := m.catalogue.services[f.service].own
	for _, sp := range s.spansWithin(f.from-farthest, f.to+farthest) {
		p := &m.lexicon.phrases[sp.phrase]
		if p.role == fault && p.symptom >= 0 && own.have(p.symptom) && s.sent[sp.from] == s.sent[f.from] && (sp.from >= f.to || sp.to <= f.from) && m.hears(s, sp) {
			return true
		}
	}
	return false
}

// hears reports whether a phrase counts in the languages of the loaded post.
func (m *Matcher) hears(s *scratch, sp span) bool { return m.lexicon.hears(s.read.tongues, sp) }

// hears reports whether a phrase counts in posts of the languages t. What looks like trouble and is none is an idiom, and idioms do not
// travel.
func (x *lexicon) hears(t tongues, sp span) bool {
	p := &x.phrases[sp.phrase]
	if !t.speak(p, sp) || p.role == unlike && t != 0 && (t|x.english)&(1<<uint(p.lang)) == 0 {
		return false
	}
	return t&(1<<uint(p.lang)) != 0 || t&x.rivals[p.lang] == 0
}

// tells reports whether a phrase counts for what the post as a whole is. That a word is long does not do here: people mix in
// foreign words for what fails, but do not tell the news in another language.
func (m *Matcher) tells(s *scratch, sp span) bool {
	p, t := &m.lexicon.phrases[sp.phrase], s.read.tongues
	return t == 0 || (t|m.lexicon.english)&(1<<uint(p.lang)) != 0 || s.b[s.tokens[sp.from].start] >= utf8.RuneSelf && m.hears(s, sp)
}
