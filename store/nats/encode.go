package nats

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
)

// appendMention appends a mention's JSON, the very bytes that encode would give, but without reflection: in a flood this
// is most of what publishing costs.
func appendMention(dst []byte, m *event.Mention) ([]byte, error) {
	var err error
	dst = appendField(dst, `{"source":`, m.Source)
	dst = appendField(dst, `,"post":`, m.Post)
	dst = appendField(dst, `,"service":`, m.Service)
	dst = append(dst, `,"at":"`...)
	if dst, err = m.At.AppendText(dst); err != nil {
		return nil, err
	}
	dst = append(dst, `","voice":`...)
	dst = strconv.AppendUint(dst, m.Voice, 10)
	dst = appendField(dst, `,"kind":`, string(m.Kind))
	if len(m.Symptoms) > 0 {
		dst = append(dst, `,"symptoms":`...)
		dst = appendList(dst, m.Symptoms)
	}
	dst = appendOptional(dst, `,"lang":`, m.Lang)
	dst = appendOptional(dst, `,"country":`, m.Country)
	dst = appendOptional(dst, `,"place":`, m.Place)
	if m.Repost {
		dst = append(dst, `,"repost":true`...)
	}
	if m.Partial {
		dst = append(dst, `,"partial":true`...)
	}
	if m.Weak {
		dst = append(dst, `,"weak":true`...)
	}
	if m.Print != 0 {
		dst = append(dst, `,"print":`...)
		dst = strconv.AppendUint(dst, m.Print, 10)
	}
	if len(m.With) > 0 {
		dst = append(dst, `,"with":`...)
		dst = appendList(dst, m.With)
	}
	dst = appendOptional(dst, `,"blames":`, m.Blames)
	dst = appendOptional(dst, `,"phrase":`, m.Phrase)
	dst = appendOptional(dst, `,"url":`, m.URL)
	if m.AuthorAgeDays != nil {
		dst = append(dst, `,"author_age_days":`...)
		dst = strconv.AppendInt(dst, int64(*m.AuthorAgeDays), 10)
	}
	if m.AuthorFollowers != 0 {
		dst = append(dst, `,"author_followers":`...)
		dst = strconv.AppendInt(dst, int64(m.AuthorFollowers), 10)
	}
	return append(dst, '}'), nil
}

func appendOptional(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	return appendField(dst, name, value)
}

func appendField(dst []byte, name, value string) []byte {
	return appendString(append(dst, name...), value)
}

func appendList[S ~string](dst []byte, values []S) []byte {
	for i, value := range values {
		if i == 0 {
			dst = append(dst, '[')
		} else {
			dst = append(dst, ',')
		}
		dst = appendString(dst, string(value))
	}
	return append(dst, ']')
}

// appendString appends a JSON string. Whatever needs an escape is left to encoding/json.
func appendString(dst []byte, s string) []byte {
	if !isPlain(s) {
		escaped, err := encode(s)
		if err == nil { // a string can always be encoded
			return append(dst, escaped...)
		}
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

// isPlain reports whether a string stands in JSON as it is.
func isPlain(s string) bool {
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ', c == '"', c == '\\', c == 0x7f:
			return false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	if ascii {
		return true
	}
	for _, r := range s {
		if r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}

// encodeMention gives a mention's JSON in buf, which is used again.
func encodeMention(buf []byte, m *event.Mention) ([]byte, error) {
	if m.At.Year() < 0 || m.At.Year() > 9999 {
		return json.Marshal(m) // which says what is wrong
	}
	return appendMention(buf[:0], m)
}
