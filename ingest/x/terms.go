package x

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
)

// maxNames bounds under how many names of one writing a service is sought. Names and forms multiply, and rules cost room.
const maxNames = 4

// script is a writing, with what people put behind a name when it fails. X finds quoted words only in their very order, and
// in the languages that are written without blanks only by both words standing in the post.
type script struct {
	table *unicode.RangeTable
	forms []string
}

// The forms of trouble; %s is the name. They are few on purpose: they are to hear an outage, and not all of its voices.
var scripts = []script{
	{unicode.Latin, []string{
		`"%s down"`, `"%s is down"`, `"%s not working"`, `"%s outage"`, `"%s isn't working"`, `"%s no funciona"`, `"%s caído"`,
		`"%s fora do ar"`, `"%s caiu"`, `"%s en panne"`, `"%s störung"`, `"%s non funziona"`, `"%s çöktü"`, `"%s error"`, `(%s 障害)`,
	}},
	{unicode.Cyrillic, []string{`"%s не работает"`, `"%s упал"`, `"%s лежит"`, `"%s сбой"`, `"%s не працює"`}},
	{unicode.Arabic, []string{`"%s معطل"`, `"%s لا يعمل"`, `"%s تعطل"`, `"%s قطع"`}},
	{unicode.Hebrew, []string{`"%s לא עובד"`, `"%s נפל"`}},
	{unicode.Devanagari, []string{`"%s डाउन"`, `"%s नहीं चल"`}},
	{unicode.Thai, []string{`(%s ล่ม)`}},
	{unicode.Hangul, []string{`(%s 오류)`, `(%s 장애)`, `(%s 먹통)`}},
	{unicode.Katakana, []string{`(%s 障害)`, `(%s 落ち)`, `(%s 不具合)`}},
	{unicode.Hiragana, []string{`(%s 障害)`, `(%s 落ち)`, `(%s 不具合)`}},
	{unicode.Han, []string{`(%s 崩了)`, `(%s 故障)`, `(%s 障害)`}},
}

// tagForms are the hashtags that a plain name makes.
var tagForms = []string{"#%sdown", "#%soutage", "#%scaido", "#%sisdown"}

// terms lists the parts of a rule that find complaints about a service, the surest first: its own tags and phrases, the
// hashtags that its names make, its names beside words of trouble.
func terms(s *event.Service) []string {
	var list []string
	for _, tag := range s.Tags {
		if tag = letters(tag); tag != "" {
			list = append(list, "#"+tag)
		}
	}
	for _, phrase := range s.Phrases {
		list = append(list, quoted(phrase))
	}
	names := namesOf(s)
	for _, name := range names {
		if tag := letters(name); tag != "" && scriptOf(name) == 0 {
			for _, form := range tagForms {
				list = append(list, strings.ReplaceAll(form, "%s", strings.ToLower(tag)))
			}
		}
	}
	for _, name := range names {
		n := scriptOf(name)
		if n < 0 {
			continue
		}
		for _, form := range scripts[n].forms {
			list = append(list, strings.ReplaceAll(form, "%s", plainName(name)))
		}
	}
	return list
}

// namesOf picks the names by which to seek a service: a few of every writing, and no everyday words but its own name.
func namesOf(s *event.Service) []string {
	var names []string
	count := make(map[int]int)
	for i, name := range append([]string{s.Name}, s.Aliases...) {
		name = plainName(name)
		n := scriptOf(name)
		// Short names of one's own are slang, and too many other words.
		if name == "" || n < 0 || i > 0 && utf8.RuneCountInString(name) < 4 && n == 0 || count[n] >= maxNames {
			continue
		}
		count[n]++
		names = append(names, name)
	}
	return names
}

// scriptOf is the index of a name's writing in scripts; -1: there are no words of trouble for it.
func scriptOf(name string) int {
	for _, r := range name {
		if !unicode.IsLetter(r) {
			continue
		}
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				return i
			}
		}
		return -1
	}
	return -1
}

// plainName leaves letters, digits, blanks and what stands within names; everything else has a meaning in a rule.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("&+.'-", r) {
			return r
		}
		return ' '
	}, name)
	return strings.Join(strings.Fields(name), " ")
}

// letters leaves what can stand in a hashtag.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '_' {
			return r
		}
		return -1
	}, name)
}

func quoted(phrase string) string { return `"` + plainName(phrase) + `"` }
