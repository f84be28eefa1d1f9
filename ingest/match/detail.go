package match

import (
	"strings"

	"github.com/outcry/outcry/event"
)

// report appends the mentions that s.read makes.
func (m *Matcher) report(dst []event.Mention, s *scratch, p *event.Post) []event.Mention {
	r := &s.read
	if len(r.hits) == 0 {
		return dst
	}
	base := m.base(s, p)
	official := m.official(s, p)
	for i := range r.hits {
		h := &r.hits[i]
		kind, ok := m.kind(s, h, h.service >= 0 && contains(official, h.service))
		if !ok {
			continue
		}
		if len(official) > 0 && kind.IsComplaint() {
			kind = event.Other // A company tells of others' trouble, and complains of none.
		}
		out := base
		out.Service, out.Kind = m.id(h), kind
		out.Symptoms = m.symptoms(s, h)
		out.Weak = kind.IsComplaint() && m.isWeak(s, h)
		out.Phrase = m.phrase(s, h, p.Text)
		out.With = m.with(r, h)
		if h.blames >= 0 {
			out.Blames = m.catalogue.services[h.blames].id
		}
		if out.Lang == "" {
			out.Lang = m.language(s, h)
		}
		dst = append(dst, out)
	}
	return dst
}

// base is what all mentions of a post have in common.
func (m *Matcher) base(s *scratch, p *event.Post) event.Mention {
	out := event.Mention{
		Source: p.Source, Post: p.ID, At: p.CreatedAt, URL: p.URL, Country: p.Country,
		Voice: s.voice(p), Print: s.fingerprint(), Lang: normalLang(p.Lang),
		Repost:          p.RepostOf != "" || strings.HasPrefix(p.Text, "RT @"),
		Partial:         s.read.flags.partly,
		AuthorAgeDays:   ageDays(p.AuthorCreatedAt, p.CreatedAt),
		AuthorFollowers: p.AuthorFollowers,
	}
	if m.locator != nil {
		out.Country, out.Place = m.locator.Locate(p)
	}
	return out
}

func (m *Matcher) id(h *hit) string {
	if h.service < 0 {
		return h.candidate
	}
	return m.catalogue.services[h.service].id
}

func contains(list []int32, n int32) bool {
	for _, v := range list {
		if v == n {
			return true
		}
	}
	return false
}

// phrase is the words by which h was recognised, as they were written.
func (m *Matcher) phrase(s *scratch, h *hit, text string) string {
	if h.phrase != "" || h.from < 0 {
		return cutPhrase(strings.ToValidUTF8(h.phrase, ""))
	}
	start, end := s.origin(h.from, h.to, text)
	return cutPhrase(strings.TrimSpace(strings.ToValidUTF8(text[start:end], "")))
}

// with lists the other services of the post.
func (m *Matcher) with(r *reading, h *hit) []string {
	if len(r.hits) < 2 {
		return nil
	}
	list := make([]string, 0, len(r.hits)-1)
	for i := range r.hits {
		if o := &r.hits[i]; o != h {
			list = append(list, m.id(o))
		}
	}
	return list
}

// normalLang turns a language tag into an ISO 639 code; empty: the network does not know.
func normalLang(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	base = strings.ToLower(base)
	switch base {
	case "iw":
		return "he"
	case "in":
		return "id"
	case "ji":
		return "yi"
	case "nb", "nn":
		return "no"
	case "fil":
		return "tl"
	case "und", "zxx", "art", "qme", "qam", "qct", "qht", "qst":
		return ""
	}
	if len(base) < 2 || len(base) > 3 {
		return ""
	}
	return base
}

// language infers the language from which lexicon's words are in the text; of several the one with the most words.
func (m *Matcher) language(s *scratch, h *hit) string {
	votes := m.votes(s)
	for l := range m.lexicon.langs {
		if h.langs&(1<<uint(l)) != 0 {
			votes[l]++
		}
	}
	best := -1
	most := int32(0)
	for l, lang := range m.lexicon.langs {
		if n := votes[l]; n > most || n == most && n > 0 && lang == "en" {
			best, most = l, n
		}
	}
	if best < 0 {
		return ""
	}
	return m.lexicon.langs[best]
}
