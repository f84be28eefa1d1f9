package nats

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
)

// parseMention reads a mention's JSON into m. What has the very form that appendMention writes is read without
// reflection, which is several times faster; all else goes to encoding/json, which decides what is an error. before is
// the mention before, whose texts are shared where they are the same.
func parseMention(line []byte, m, before *event.Mention) error {
	p := parser{rest: line}
	p.mention(m, before)
	if p.ok() {
		return nil
	}
	*m = event.Mention{}
	return json.Unmarshal(line, m)
}

// parser reads text of one exact form. Once something is not as expected it stays failed.
type parser struct {
	rest   []byte
	failed bool
}

// ok reports whether everything was as expected and nothing but white space is left.
func (p *parser) ok() bool { return !p.failed && len(bytes.TrimSpace(p.rest)) == 0 }

func (p *parser) mention(m, before *event.Mention) {
	p.expect(`{"source":`)
	m.Source = p.text(before.Source)
	p.expect(`,"post":`)
	m.Post = p.text("")
	p.expect(`,"service":`)
	m.Service = p.text(before.Service)
	p.expect(`,"at":`)
	m.At = p.time()
	p.expect(`,"voice":`)
	m.Voice = p.number()
	p.expect(`,"kind":`)
	m.Kind = event.Kind(p.text(string(before.Kind)))
	if p.has(`,"symptoms":`) {
		m.Symptoms = list(p, before.Symptoms)
	}
	p.optional(`,"lang":`, &m.Lang, before.Lang)
	p.optional(`,"country":`, &m.Country, before.Country)
	p.optional(`,"place":`, &m.Place, before.Place)
	m.Repost = p.has(`,"repost":true`)
	m.Partial = p.has(`,"partial":true`)
	m.Weak = p.has(`,"weak":true`)
	if p.has(`,"print":`) {
		m.Print = p.number()
	}
	if p.has(`,"with":`) {
		m.With = list(p, before.With)
	}
	p.optional(`,"blames":`, &m.Blames, before.Blames)
	p.optional(`,"phrase":`, &m.Phrase, before.Phrase)
	p.optional(`,"url":`, &m.URL, "")
	if p.has(`,"author_age_days":`) {
		age := p.int()
		m.AuthorAgeDays = &age
	}
	if p.has(`,"author_followers":`) {
		m.AuthorFollowers = p.int()
	}
	p.expect(`}`)
}

// has takes text if it comes next.
func (p *parser) has(text string) bool {
	if len(p.rest) >= len(text) && string(p.rest[:len(text)]) == text {
		p.rest = p.rest[len(text):]
		return true
	}
	return false
}

func (p *parser) expect(text string) {
	if !p.has(text) {
		p.failed = true
	}
}

func (p *parser) optional(name string, value *string, before string) {
	if p.has(name) {
		*value = p.text(before)
	}
}

// raw takes a string and returns what is between its quotes, escapes included.
func (p *parser) raw() []byte {
	if len(p.rest) == 0 || p.rest[0] != '"' {
		p.failed = true
		return nil
	}
	end := bytes.IndexByte(p.rest[1:], '"') + 1
	if end > 1 && p.rest[end-1] == '\\' {
		end = p.endAfterEscape()
	}
	if end == 0 {
		p.failed = true
		return nil
	}
	inner := p.rest[1:end]
	p.rest = p.rest[end+1:]
	return inner
}

// endAfterEscape gives the index of the quote that ends the string at the beginning of rest, or 0 if there is none.
func (p *parser) endAfterEscape() int {
	for i := 1; i < len(p.rest); i++ {
		switch p.rest[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return 0
}

// text takes a string; same is returned where it is equal. What is not plain goes to encoding/json.
func (p *parser) text(same string) string {
	begin := p.rest
	inner := p.raw()
	s := same
	if string(inner) != same {
		s = string(inner)
	}
	if p.failed || isPlain(s) {
		return s
	}
	return p.unescape(begin[:len(inner)+2])
}

// unescape reads a whole string value by encoding/json.
func (p *parser) unescape(quoted []byte) string {
	var s string
	if json.Unmarshal(quoted, &s) != nil {
		p.failed = true
	}
	return s
}

// list takes a list of strings. same is returned where it is equal.
func list[S ~string](p *parser, same []S) []S {
	p.expect(`[`)
	var fresh []S
	for n := 0; ; n++ {
		var before string
		if n < len(same) {
			before = string(same[n])
		}
		value := S(p.text(before))
		if fresh != nil || n >= len(same) || value != same[n] {
			if fresh == nil {
				fresh = append(make([]S, 0, n+2), same[:n]...)
			}
			fresh = append(fresh, value)
		}
		if p.failed || !p.has(`,`) {
			p.expect(`]`)
			if fresh == nil {
				// Shared, but not open to be appended to.
				return same[: n+1 : n+1]
			}
			return fresh
		}
	}
}

func (p *parser) time() time.Time {
	var t time.Time
	if t.UnmarshalText(p.raw()) != nil {
		p.failed = true
	}
	return t
}

// number takes a whole number without sign.
func (p *parser) number() uint64 {
	n := p.digits(0)
	if p.failed {
		return 0
	}
	digits := p.rest[:n]
	p.rest = p.rest[n:]
	if n > safeDigits {
		v, err := strconv.ParseUint(string(digits), 10, 64)
		p.failed = p.failed || err != nil
		return v
	}
	var v uint64
	for _, c := range digits {
		v = v*10 + uint64(c-'0')
	}
	return v
}

// safeDigits is how many decimal digits always fit.
const safeDigits = 19

// int takes a whole number.
func (p *parser) int() int {
	sign := 0
	if len(p.rest) > 0 && p.rest[0] == '-' {
		sign = 1
	}
	n := p.digits(sign)
	if p.failed {
		return 0
	}
	v, err := strconv.Atoi(string(p.rest[:n]))
	if err != nil {
		p.failed = true
	}
	p.rest = p.rest[n:]
	return v
}

// digits gives the end of the digits that begin at from. None, or a needless zero before others, is not as expected.
func (p *parser) digits(from int) int {
	n := from
	for n < len(p.rest) && p.rest[n] >= '0' && p.rest[n] <= '9' {
		n++
	}
	if n == from || n > from+1 && p.rest[from] == '0' {
		p.failed = true
	}
	return n
}
