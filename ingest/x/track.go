package x

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/outcry/outcry/event"
)

// What a connection of API 1.1 may ask for.
const (
	DefaultPhrases      = 400
	DefaultPhraseLength = 60
)

// TrackLimits bounds what a connection of API 1.1 may ask for.
type TrackLimits struct {
	// Phrases is how many phrases there may be, Length how many bytes each may have.
	Phrases, Length int
}

// MakeTrack makes the phrases by which API 1.1 finds the posts that complain of the services. A phrase fits a post in which all its words
// stand, in whatever order. The services take turns, each with its surest phrases first, until there is no more room; left is how
// many phrases found none. It fails when not every service has one.
func MakeTrack(services []event.Service, limits TrackLimits) (phrases []string, left int, err error) {
	if len(services) > limits.Phrases {
		return nil, 0, fmt.Errorf("%d services need a phrase each, and a connection of api 1.1 may have %d; listen for fewer services",
			len(services), limits.Phrases)
	}
	lists := make([][]string, len(services))
	longest := 0
	for i := range services {
		lists[i] = phrasesOf(&services[i], limits.Length)
		if len(lists[i]) == 0 {
			return nil, 0, fmt.Errorf("there are no words of at most %d bytes by which api 1.1 could find %s; give it a shorter name, tags or phrases",
				limits.Length, services[i].ID)
		}
		longest = max(longest, len(lists[i]))
	}
	seen := make(map[string]bool)
	for turn := range longest {
		for _, list := range lists {
			if turn >= len(list) || seen[list[turn]] {
				continue
			}
			seen[list[turn]] = true
			if len(phrases) < limits.Phrases {
				phrases = append(phrases, list[turn])
			} else {
				left++
			}
		}
	}
	return phrases, left, nil
}

// phrasesOf makes the phrases of a service, the surest first, each of which finds something that those before it do not.
func phrasesOf(s *event.Service, length int) []string {
	var phrases []string
	var words [][]string
	for _, term := range terms(s) {
		phrase := strings.ToLower(strings.Trim(term, `"()`))
		// Commas stand between phrases.
		parts := strings.Fields(strings.ReplaceAll(phrase, ",", " "))
		phrase = strings.Join(parts, " ")
		if phrase == "" || len(phrase) > length || !hasBlanks(phrase) || isCovered(parts, words) {
			continue
		}
		phrases = append(phrases, phrase)
		words = append(words, parts)
	}
	return phrases
}

// isCovered reports whether all words of an earlier phrase are among parts, so that the earlier one finds the same posts and more.
func isCovered(parts []string, earlier [][]string) bool {
	have := make(map[string]bool, len(parts))
	for _, w := range parts {
		have[w] = true
	}
	for _, words := range earlier {
		all := true
		for _, w := range words {
			all = all && have[w]
		}
		if all {
			return true
		}
	}
	return false
}

// hasBlanks reports whether words are told apart by blanks in the writing of a phrase, as API 1.1 needs it. Of the others, hashtags
// can be found.
func hasBlanks(phrase string) bool {
	if strings.HasPrefix(phrase, "#") {
		return true
	}
	return !strings.ContainsFunc(phrase, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
	})
}
