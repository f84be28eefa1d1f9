package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/outcry/outcry/event"
)

const top = "../.."

func readPage(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(top, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// rows are the words in backquotes in the first column of a page's tables, below the given heading; "" is the whole page.
func rows(page, heading string) map[string]bool {
	if heading != "" {
		_, page, _ = strings.Cut(page, "\n## "+heading+"\n")
		page, _, _ = strings.Cut(page, "\n## ")
	}
	found := make(map[string]bool)
	quoted := regexp.MustCompile("`([^`]+)`")
	for line := range strings.Lines(page) {
		if first, ok := strings.CutPrefix(line, "| `"); ok {
			first, _, _ = strings.Cut("`"+first, " |")
			for _, word := range quoted.FindAllStringSubmatch(first, -1) {
				found[word[1]] = true
			}
		}
	}
	return found
}

// leaves are the keys of a configuration with their sections in front: "nats.url".
func leaves(t reflect.Type, prefix string) []string {
	var keys []string
	for name, f := range fieldsOf(t) {
		if f.Type.Kind() == reflect.Struct && len(fieldsOf(f.Type)) > 0 {
			keys = append(keys, leaves(f.Type, prefix+name+".")...)
			continue
		}
		keys = append(keys, prefix+name)
	}
	slices.Sort(keys)
	return keys
}

// TestEveryKeyIsDocumented holds the tables of keys against the configuration, both ways.
func TestEveryKeyIsDocumented(t *testing.T) {
	t.Parallel()
	readme, configuration, notifiers := readPage(t, "README.md"), readPage(t, "docs/configuration.md"), readPage(t, "docs/notifiers.md")
	var first, nested, service []string
	for _, key := range leaves(reflect.TypeFor[config](), "") {
		if section, _, ok := strings.Cut(key, "."); ok {
			nested, first = append(nested, key), append(first, section)
			continue
		}
		first = append(first, key)
	}
	for f := range reflect.TypeFor[event.Service]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		service = append(service, name)
	}
	for _, c := range []struct {
		where string
		have  map[string]bool
		want  []string
	}{
		{"README.md, Configuration", rows(readme, "Configuration"), first},
		{"docs/configuration.md", sectioned(rows(configuration, "")), nested},
		{"docs/configuration.md, services", rows(configuration, "services"), service},
		{"docs/notifiers.md, Routes", rows(notifiers, "Routes"), leaves(reflect.TypeFor[routeConfig](), "")},
		{"docs/notifiers.md, The receivers", rows(notifiers, "The receivers"), keysOf(builders(tools{}))},
	} {
		for _, key := range c.want {
			if !c.have[key] {
				t.Errorf("%s lacks %s", c.where, key)
			}
		}
		for key := range c.have {
			if !slices.Contains(c.want, key) {
				t.Errorf("%s has %s, which does not exist", c.where, key)
			}
		}
	}
	for _, key := range leaves(reflect.TypeFor[notifierEntry](), "") {
		if key != "type" && !strings.Contains(notifiers, "`"+key+"`") {
			t.Errorf("docs/notifiers.md lacks the key %s", key)
		}
	}
}

// sectioned are the keys that stand in a section.
func sectioned(keys map[string]bool) map[string]bool {
	in := make(map[string]bool)
	for key := range keys {
		if strings.Contains(key, ".") {
			in[key] = true
		}
	}
	return in
}

// pages lists the Markdown files of the project by path.
func pages(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "node_modules"):
			return fs.SkipDir
		case strings.HasSuffix(path, ".md"):
			rel, err := filepath.Rel(top, path)
			all = append(all, rel)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestLinksLeadSomewhere follows every link between the pages of the project, to the heading.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	links := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	seen := 0
	for _, page := range pages(t) {
		for _, link := range links.FindAllStringSubmatch(readPage(t, page), -1) {
			target, anchor, _ := strings.Cut(link[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			seen++
			path := page
			if target != "" {
				path = filepath.Join(filepath.Dir(page), target)
			}
			if _, err := os.Stat(filepath.Join(top, path)); err != nil {
				t.Errorf("%s: %s leads nowhere", page, link[1])
			} else if anchor != "" && !slices.Contains(anchors(readPage(t, path)), anchor) {
				t.Errorf("%s: %s has no heading %s", page, path, anchor)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d links were found", seen)
	}
}

// anchors are the names by which a page's headings can be linked to.
func anchors(page string) []string {
	var names []string
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "#") {
			continue
		}
		text := strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "#")))
		names = append(names, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return r
			}
			return -1
		}, text))
	}
	return names
}

// TestNamedTestsExist looks for every test that the pages name.
func TestNamedTestsExist(t *testing.T) {
	t.Parallel()
	defined := make(map[string]bool)
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark|Exam|exam)\w+)\(`)
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range function.FindAllStringSubmatch(string(raw), -1) {
			defined[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz|Benchmark|Exam|exam)[A-Z]\\w+)`")
	for _, page := range pages(t) {
		for _, m := range named.FindAllStringSubmatch(readPage(t, page), -1) {
			if !defined[m[1]] {
				t.Errorf("%s names %s, which does not exist", page, m[1])
			}
		}
	}
}
