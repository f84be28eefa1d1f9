package hashtag

import (
	"strings"
	"unicode"

	"github.com/outcry/outcry/event"
)

// Bare gives a hashtag without its '#', in small letters, as networks compare them; not ok: it is none.
func Bare(tag string) (bare string, ok bool) {
	bare = strings.ToLower(strings.TrimPrefix(tag, "#"))
	return bare, bare != "" && !strings.ContainsFunc(bare, notInTag)
}

// Of gives the hashtags under which people complain of services: their own, and that of their name with "down" behind it.
func Of(services []event.Service) []string {
	var tags []string
	for i := range services {
		s := &services[i]
		tags = append(tags, s.Tags...)
		name := strings.Map(func(r rune) rune {
			if notInTag(r) {
				return -1
			}
			return unicode.ToLower(r)
		}, s.Name)
		if name != "" {
			tags = append(tags, name+"down")
		}
	}
	return tags
}

func notInTag(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_'
}
