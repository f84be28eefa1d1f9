package sim

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed lang/*.txt
var langFiles embed.FS

// tongue is what one language offers: phrases by section. See lang/README.txt for the sections.
type tongue struct {
	lang     string
	sections map[string][]string
	// joiners stand between two pieces of a post.
	joiners []string
	// cased says that the script knows small and capital letters.
	cased bool
}

// tongues reads the phrase files once; they are part of the program, so that a bad one is a bug.
var tongues = sync.OnceValues(readTongues)

func readTongues() (map[string]*tongue, error) {
	entries, err := langFiles.ReadDir("lang")
	if err != nil {
		return nil, err
	}
	all := make(map[string]*tongue, len(entries))
	for _, e := range entries {
		lang := strings.TrimSuffix(e.Name(), ".txt")
		if lang == "README" {
			continue
		}
		data, err := langFiles.ReadFile("lang/" + e.Name())
		if err != nil {
			return nil, err
		}
		if all[lang], err = parseTongue(lang, string(data)); err != nil {
			return nil, fmt.Errorf("lang/%s: %w", e.Name(), err)
		}
	}
	return all, nil
}

func parseTongue(lang, text string) (*tongue, error) {
	t := &tongue{lang: lang, sections: make(map[string][]string), joiners: joinersOf(lang), cased: hasCase(lang)}
	section := ""
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			section = line[1 : len(line)-1]
		case section == "":
			return nil, fmt.Errorf("line %d: a phrase before the first [section]", n+1)
		default:
			if err := checkSlots(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			t.sections[section] = append(t.sections[section], line)
		}
	}
	for _, need := range needed {
		if len(t.sections[need]) == 0 {
			return nil, fmt.Errorf("the section [%s] is missing", need)
		}
	}
	return t, nil
}

// needed are the sections that no language may leave to English.
var needed = [...]string{
	"open", "close", "hello", "after", "place", "question", "report", "both", "partial", "connection", "login", "messages", "recovery",
	"metoo", "joke", "news", "talk", "use", "gripe", "life", "lookalike", "tags",
}

// checkSlots reports a slot that nobody fills.
func checkSlots(line string) error {
	for rest := line; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			return nil
		}
		slot, behind, closed := strings.Cut(after, "}")
		switch slot {
		case "s", "o", "t", "ot", "p", "n":
		default:
			closed = false
		}
		if !closed {
			return fmt.Errorf("{%s is no slot; there are s, o, t, ot, p and n", slot)
		}
		rest = behind
	}
}

func joinersOf(lang string) []string {
	switch lang {
	case "ja", "zh-Hans", "zh-Hant":
		return []string{" ", "。", "…", "、", "！"}
	case "th":
		return []string{" ", " ", "... "}
	}
	return []string{" ", " ", ", ", "... ", ". ", "! ", " - "}
}

func hasCase(lang string) bool {
	switch lang {
	case "ja", "zh-Hans", "zh-Hant", "th", "ko", "ar", "fa", "he", "hi":
		return false
	}
	return true
}

// lines gives the phrases of a section, of the fallback language if the language has none.
func (t *tongue) lines(section string, fallback *tongue) []string {
	if own := t.sections[section]; len(own) > 0 {
		return own
	}
	return fallback.sections[section]
}
