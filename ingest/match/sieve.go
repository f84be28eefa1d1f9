package match

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/outcry/outcry/internal/jetline"
	"github.com/outcry/outcry/internal/rawjson"
)

// sieve knows from raw bytes what may speak of a service. It works in steps, each dearer than the one before and asked of
// fewer posts: what a line says (sieve_line.go); whether that holds a tag, an account (sieve_label.go) or a name (sieve_glance.go); and
// whether a text that holds a name also holds words of trouble that can be said of it (sieve_beside.go).
type sieve struct {
	keys   *keys
	names  *beginnings
	glyphs *glyphs
	// accounts are the keys of catalogue.handles, sorted.
	accounts []string
	// own says that there are services with phrases of their own, numbers that accounts of some are known by number.
	own, numbers bool
}

func newSieve(a *alphabet, x *lexicon, c *catalogue) *sieve {
	return &sieve{keys: theKeys(), names: nameBeginnings(x, c), glyphs: newGlyphs(a, c), accounts: slices.Sorted(maps.Keys(c.handles)), own: c.phrases.code[0] != 0, numbers: c.hasNumbers()}
}

// Pass tells from a post's raw bytes, in any of the wire formats, whether it may speak of a service. It errs only towards
// true: escapes, entities, markup, full-width letters and tags that stand in metadata alone are seen, and what looks like
// no wire format passes. It takes for granted that a post's text is the value of one string, or a warning and a content as
// Mastodon has them.
func (m *Matcher) Pass(raw []byte) bool {
	if !looksLikeJSON(raw) {
		return true
	}
	if jetline.Wordless(raw) {
		return false
	}
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	l := line{m: m, s: s}
	return l.read(raw) || l.warned && l.named
}

// looksLikeJSON reports whether raw begins as an object, an array, or as either in a stream of server-sent events.
func looksLikeJSON(raw []byte) bool {
	if len(raw) > 0 && raw[0] == '{' {
		return true
	}
	i := rawjson.Space(raw, len(raw)-len(bytes.TrimPrefix(raw, []byte("data:"))))
	return i < len(raw) && (raw[i] == '{' || raw[i] == '[')
}

// hasNumbers reports whether any account is known by a number or a key rather than by a name.
func (c *catalogue) hasNumbers() bool {
	for h := range c.handles {
		if len(h) >= minKey || strings.ContainsRune(h, ':') || !strings.ContainsFunc(h, unicode.IsLetter) {
			return true
		}
	}
	return false
}

// minKey is the length of the shortest key of an account.
const minKey = 32

// isNumber reports whether what a line gives for a number or a key is one, and no name that hasNumbers knows of.
func isNumber(s []byte) bool {
	letters, n := false, 0
	for _, c := range s {
		switch {
		case c == ':':
			return true
		case c >= utf8.RuneSelf:
			return false
		case isASCIIWord(c):
			letters, n = letters || c > '9', n+1
		}
	}
	return !letters || n >= minKey
}
