package match

import "slices"

// tongues are the languages that a post may be written in, as a mask of the lexicon's languages; 0: it could not be told.
type tongues uint64

// kin leads from a language that a network may state to the lexicon's file that covers it, or that it shares with its own.
var kin = map[string]string{
	"no": "da", "sk": "cs", "hr": "sl", "sr": "sl", "bs": "sl", "mk": "bg", "mr": "hi", "gu": "hi", "ne": "hi", "ur": "hi", "ms": "id", "ca": "es", "gl": "pt",
	"be": "ru", "kk": "ru",
}

// plainLen is the length, in bytes, from which on a Latin phrase is taken for its language's own wherever it stands: once the
// accents are gone, shorter ones are words of other languages ("thế" is "the", "à" is "a").
const plainLen = 8

// minPlain is the length, in bytes, from which on a Latin phrase is heard where nothing tells the language.
const minPlain = 4

// tongues tells the languages of a text by what the network states, or else by its votes.
func (x *lexicon) tongues(stated string, votes *[maxLangs]int32) tongues {
	if t := x.said(stated); t != 0 {
		return t
	}
	return heard(votes)
}

// said is the mask of the language that a network states; 0: it has no file.
func (x *lexicon) said(stated string) tongues {
	base := normalLang(stated)
	return x.bit(base) | x.bit(kin[base])
}

// heard tells the languages of a text by its words alone: those whose lexicon knows the most of them, or nearly.
func heard(votes *[maxLangs]int32) tongues {
	best := slices.Max(votes[:])
	var t tongues
	for l, v := range votes {
		if v > 0 && 3*v >= 2*best {
			t |= 1 << uint(l)
		}
	}
	return t
}

// likely tells the languages in which a text may well be: those that know a fair part of its words.
func likely(votes *[maxLangs]int32) tongues {
	best := slices.Max(votes[:])
	var t tongues
	for l, v := range votes {
		if v > 0 && 3*v >= best {
			t |= 1 << uint(l)
		}
	}
	return t
}

// votes tells how many words of the loaded text the lexicon of each language knows. Words that only lead on do not count: "in" and "so" are
// words of many languages.
func (m *Matcher) votes(s *scratch) (votes [maxLangs]int32) {
	var end [maxLangs]int32
	for _, sp := range s.spans {
		p := &m.lexicon.phrases[sp.phrase]
		l := p.lang
		if sp.to <= end[l] || p.role >= using {
			continue
		}
		votes[l] += sp.to - max(sp.from, end[l])
		end[l] = sp.to
	}
	return votes
}

// speak reports whether a phrase counts in a post of these languages. Where no word tells the language, none of two letters or three does: "will do".
func (t tongues) speak(p *phrase, sp span) bool {
	return t&(1<<uint(p.lang)) != 0 || !sp.local || t == 0 && !sp.tiny
}

// kindred are the languages that share a script, each with those whose words it must not be read by: what is "shows" in Chinese
// reports news, and in Japanese it is how a picture appears.
var kindred = map[string][]string{"ja": {"zh"}, "zh": {"ja"}, "ru": {"uk"}, "uk": {"ru"}, "ar": {"fa", "ur"}, "fa": {"ar", "ur"}, "ur": {"ar", "fa"}}

// homonym is a name that is an everyday word too: the languages in which a capital letter amid small words makes a name of it, and
// those in which it does not, because it is a name of people, places or teams as well, or because all nouns have one. If there are
// neither, it is an everyday word everywhere.
type homonym struct{ words, names tongues }

// clarify takes names that are everyday words elsewhere for what they are in this post: names where its languages have no such word,
// or where they stand with a capital letter amid small words. With a case ending they are nothing else, or no names ("linea").
func (m *Matcher) clarify(s *scratch, votes *[maxLangs]int32) {
	t := s.read.tongues
	if t&likely(votes) == 0 {
		t |= heard(votes)
	}
	for k := range s.names {
		s.names[k].proper = s.names[k].proper || s.names[k].via&t != 0
	}
	s.names = slices.DeleteFunc(s.names, func(f found) bool {
		return s.isWordForm(&f) || m.isLookalike(s, &f, t) || f.ambiguous && (f.ending != 0 && (f.ending&t == 0 || !f.word.isName(t, f.proper)) || m.isAbroad(f, t))
	})
	m.localise(s, t)
	for k := range s.names {
		f := &s.names[k]
		if f.ambiguous && f.word.isName(t, f.proper) && !s.isParticle(*f) && !m.isEveryday(s, *f) {
			f.ambiguous = false
		}
	}
}

// isWordForm reports whether a name is a form of an everyday word, in whatever language: "plays".
func (s *scratch) isWordForm(f *found) bool {
	return f.ambiguous && f.ending != 0 && s.tokens[f.to-1].end-s.tokens[f.from].start < minBare && !s.isCapital(f.from)
}

// isLookalike reports whether what looks like a name is a word of one of the languages t, or of any if they are not known.
func (m *Matcher) isLookalike(s *scratch, f *found, t tongues) bool {
	if f.to-f.from != 1 {
		return false
	}
	of := m.lexicon.lookalikes[string(s.b[s.tokens[f.from].start:s.tokens[f.from].end])]
	return of&t != 0 || of != 0 && t == 0
}

// isAbroad reports whether f, in small letters, is a word of the post's languages t, and a service of another country only by its name:
// "netbank" in Danish. English is spoken in too many countries to tell.
func (m *Matcher) isAbroad(f found, t tongues) bool {
	svc := &m.catalogue.services[f.service]
	return f.plain && svc.domestic && svc.home&t == 0 && t&m.lexicon.english == 0 && (f.word.words|f.word.names)&t != 0
}

// mayBeName reports whether isName holds for one of several readings of a post's languages.
func (h homonym) mayBeName(readings []tongues, proper bool) bool {
	return slices.ContainsFunc(readings, func(t tongues) bool { return h.isName(t, proper) })
}

// localise lets a name that several services share stand for the one that is meant in the languages t.
func (m *Matcher) localise(s *scratch, t tongues) {
	kept := s.names[:0]
	for _, f := range s.names {
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].from != f.from:
			kept = append(kept, f)
		case m.catalogue.rank(f.service, t) > m.catalogue.rank(kept[last].service, t):
			kept[last] = f
		}
	}
	s.names = kept
}

// rank tells which of several services that share a name is meant in the languages t: the one at home there, or else the one that is at
// home in no country alone.
func (c *catalogue) rank(n int32, t tongues) int {
	switch svc := &c.services[n]; {
	case svc.home&t != 0:
		return 2
	case !svc.domestic:
		return 1
	}
	return 0
}

// foreign is the mask of a language other than English, words of which people everywhere put into tags.
func (x *lexicon) foreign(lang int8) tongues {
	return 1 << uint(lang) &^ x.english
}

// minBare is the length, in bytes, of the shortest word that is taken, in small letters, for an everyday word's name with a case ending.
const minBare = 7

// isName reports whether a homonym in a post of the languages t is a name. proper says that it is written as one.
func (h homonym) isName(t tongues, proper bool) bool {
	if h == (homonym{}) {
		return false
	}
	return t != 0 && (h.words|h.names)&t == 0 || proper && h.names&t == 0
}

// rivalsOf is the mask of the languages in whose posts the words of another of the same script mean nothing.
func (x *lexicon) rivalsOf(lang string) tongues {
	var t tongues
	for _, name := range kindred[lang] {
		t |= x.bit(name)
	}
	return t
}

// bit is the mask of a language; 0: it has no file.
func (x *lexicon) bit(lang string) tongues {
	for l, name := range x.langs {
		if name == lang {
			return 1 << uint(l)
		}
	}
	return 0
}

// homes are the languages of countries, where that is not English, in which the name of a domestic service is a foreign word or a
// known abbreviation.
var homes = map[string]string{
	"AE": "ar", "AR": "es", "AT": "de", "BD": "bn", "BE": "nl", "BG": "bg", "BR": "pt", "CH": "de", "CL": "es", "CN": "zh", "CO": "es", "CZ": "cs", "DE": "de", "DK": "da", "DZ": "ar", "EG": "ar",
	"ES": "es", "FI": "fi", "FR": "fr", "GR": "el", "HK": "zh", "HR": "sl", "HU": "hu", "ID": "id", "IL": "he", "IN": "hi", "IR": "fa", "IT": "it", "JP": "ja", "KE": "sw",
	"KR": "ko", "KW": "ar", "MA": "ar", "MX": "es", "MY": "id", "NL": "nl", "NO": "da", "PE": "es", "PH": "tl", "PK": "ur", "PL": "pl", "PT": "pt", "RO": "ro", "RS": "sl", "RU": "ru", "SA": "ar", "SE": "sv", "SI": "sl", "SK": "cs",
	"TH": "th", "TR": "tr", "TW": "zh", "UA": "uk", "VN": "vi",
}

// abroad are the languages of the services that are at home in several countries, where none of them is English.
var abroad = map[string][]string{
	"tim": {"it", "pt"}, "orange": {"fr", "es", "pl", "ro"}, "telekom-de": {"de"}, "digi": {"ro", "hu", "es"}, "iliad": {"it", "fr"}, "zain": {"ar"},
	"wom": {"es"}, "claro": {"es", "pt"}, "o2": {"de"}, "ing": {"nl", "de", "pl", "es", "it", "ro"}, "beeline-ru": {"ru"},
}

// homeOf is the languages of a service's country as a mask; 0: English, or no lexicon.
func (x *lexicon) homeOf(service, country string) tongues {
	mask := tongues(0)
	for l, name := range x.langs {
		if country != "" && name == homes[country] || country == "" && slices.Contains(abroad[service], name) {
			mask |= 1 << uint(l)
		}
	}
	return mask
}
