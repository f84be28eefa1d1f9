package match

import (
	"time"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"github.com/outcry/outcry/event"
)

// A text needs as many words to be told from an independent one. Words are counted in quarters, as scripts without blanks count as a word every
// second character, or, where these are letters, every fourth.
const (
	minWords = 6
	word     = 4
)

// fingerprint folds the words of the loaded text, without addresses, handles, digits and pictures, into four min-hashes; what is shorter
// than minWords has a print of its own, and what has no words none.
func (s *scratch) fingerprint() uint64 {
	const shingle = 3
	var window [shingle]uint64
	lows := [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
	length, n, all := 0, 0, uint64(0)
	for _, t := range s.tokens {
		if !s.counts(t) {
			continue
		}
		length += s.quarters(t)
		copy(window[:], window[1:])
		window[shingle-1] = xxh3.Hash(s.b[t.start:t.end])
		all = mix(all ^ window[shingle-1])
		if n++; n < shingle {
			continue
		}
		h := mix(window[0]) ^ mix(window[1]+1)*3 ^ mix(window[2]+2)*5
		for i := range lows {
			lows[i] = min(lows[i], mix(h+uint64(i)*0x9E3779B97F4A7C15))
		}
	}
	switch {
	case n == 0:
		return 0
	case length < minWords*word:
		return event.ShortPrint(all)
	}
	var print uint64
	for _, low := range lows {
		print = print<<16 | mix(low)&0xFFFF
	}
	return event.LongPrint(print)
}

// quarters is for how much of a word a token counts.
func (s *scratch) quarters(t token) int {
	const han = 0xE3 // the first byte of kana and Han; those of Thai, Lao, Khmer and Burmese are smaller
	switch {
	case t.kind == spaced:
		return word
	case s.b[t.start] < han:
		return word / 4
	}
	return word / 2
}

// counts reports whether a token is a word of the text's own.
func (s *scratch) counts(t token) bool {
	if t.kind == ender || t.kind == comma || t.mark == '@' {
		return false
	}
	if t.start > 0 && s.b[t.start-1] == '/' {
		return false
	}
	for _, c := range s.b[t.start:t.end] {
		if c < '0' || c > '9' {
			return true
		}
	}
	return false
}

// mix spreads the bits of x (the finalizer of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// voiceDomain keeps the hashes of authors apart from any other use of the same function.
const voiceDomain = "outcry voice 1\x00"

// voice stands for an author of a source.
func (s *scratch) voice(p *event.Post) uint64 {
	s.word = append(s.word[:0], voiceDomain...)
	s.word = append(s.word, p.Source...)
	s.word = append(s.word, 0)
	s.word = append(s.word, p.Author...)
	return xxh3.Hash(s.word)
}

// ageDays is how old an account was at a time; nil: unknown.
func ageDays(made, at time.Time) *int {
	if made.IsZero() || at.Before(made) {
		return nil
	}
	days := int(at.Sub(made) / (24 * time.Hour))
	return &days
}

// maxPhrase is how many bytes of a phrase are kept.
const maxPhrase = 80

// cutPhrase shortens p to whole characters.
func cutPhrase(p string) string {
	if len(p) <= maxPhrase {
		return p
	}
	p = p[:maxPhrase]
	for len(p) > 0 && !utf8.ValidString(p[len(p)-min(len(p), 4):]) && !utf8.ValidString(p) {
		p = p[:len(p)-1]
	}
	return p
}
