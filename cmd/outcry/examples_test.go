package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"go.yaml.in/yaml/v3"
)

// block is code in a page: between fences, or indented by four.
type block struct {
	language string
	lines    []string
}

// blocks finds the code of a page.
func blocks(page string) []block {
	var all []block
	fenced, indented := false, false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		language, isFence := strings.CutPrefix(line, "```")
		body, isIndented := strings.CutPrefix(line, "    ")
		switch {
		case isFence:
			if fenced = !fenced; fenced {
				all = append(all, block{language: language})
			}
		case fenced:
			all[len(all)-1].lines = append(all[len(all)-1].lines, line)
		case isIndented:
			if !indented {
				all = append(all, block{})
			}
			all[len(all)-1].lines = append(all[len(all)-1].lines, body)
		}
		indented = isIndented && !fenced || indented && line == ""
	}
	return all
}

// callsIn finds the calls of outcry in a line of a shell, or of a list of commands with remarks two spaces behind them.
func callsIn(line string) []string {
	line, _, _ = strings.Cut(line, " #")
	var calls []string
	for _, part := range regexp.MustCompile(`\s*(?:\||;|&&)\s+`).Split(line, -1) {
		part = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(part), "go run ./cmd/"), "$ ")
		if part != "outcry" && !strings.HasPrefix(part, "outcry ") {
			continue
		}
		part, _, _ = strings.Cut(part, "  ")
		part, _, _ = strings.Cut(part, " >")
		part, _, _ = strings.Cut(part, " <")
		calls = append(calls, part)
	}
	return calls
}

// shellWords splits a call as a shell does, and drops the brackets around what may be left out.
func shellWords(call string) []string {
	var args []string
	for _, m := range regexp.MustCompile(`'([^']*)'|"([^"]*)"|(\S+)`).FindAllStringSubmatch(call, -1) {
		args = append(args, m[1]+m[2]+strings.Trim(m[3], "[]"))
	}
	return args[1:]
}

// checkCall reports what is wrong with a call, without running it. whole says that its arguments are all there.
func checkCall(t *testing.T, where, call string, whole bool) {
	t.Helper()
	a := &app{}
	c, rest, err := a.root().Find(shellWords(call))
	if err != nil {
		t.Errorf("%s: %s: %v", where, call, err)
		return
	}
	c.InitDefaultHelpFlag()
	if err := c.ParseFlags(rest); err != nil {
		t.Errorf("%s: %s: %v", where, call, err)
		return
	}
	left := c.Flags().Args()
	if !c.HasParent() && len(left) > 0 {
		t.Errorf("%s: %s: there is no such command", where, call)
	}
	if err := c.ValidateArgs(left); whole && err != nil {
		t.Errorf("%s: %s: %v", where, call, err)
	}
}

// TestCommandsInPagesExist parses every call of outcry that the pages show, with its flags and arguments.
func TestCommandsInPagesExist(t *testing.T) {
	t.Parallel()
	quoted := regexp.MustCompile("`(outcry(?: [^`]+)?)`")
	seen := 0
	for _, page := range pages(t) {
		text := readPage(t, page)
		for _, b := range blocks(text) {
			for _, line := range b.lines {
				for _, call := range callsIn(line) {
					seen++
					checkCall(t, page, call, true)
				}
			}
		}
		for _, m := range quoted.FindAllStringSubmatch(text, -1) {
			for _, call := range callsIn(m[1]) {
				seen++
				checkCall(t, page, call, false)
			}
		}
	}
	if seen < 60 {
		t.Errorf("only %d calls were found", seen)
	}
}

// TestCommandsInHelpExist parses every call that a help text shows.
func TestCommandsInHelpExist(t *testing.T) {
	t.Parallel()
	seen := 0
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		before := seen
		for line := range strings.Lines(c.Long) {
			if !strings.HasPrefix(line, "  ") {
				continue
			}
			for _, call := range callsIn(line) {
				seen++
				checkCall(t, c.CommandPath()+" --help", call, true)
			}
		}
		if seen == before {
			t.Errorf("%s --help shows no example", c.CommandPath())
		}
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit((&app{}).root())
	if seen < 40 {
		t.Errorf("only %d calls were found", seen)
	}
}

// TestConfigurationsInPagesLoad reads every configuration that the pages show as outcry check does. What a page leaves out with an
// ellipsis is filled in.
func TestConfigurationsInPagesLoad(t *testing.T) {
	t.Parallel()
	top := keysOf(fieldsOf(reflect.TypeFor[config]()))
	seen := 0
	for _, page := range pages(t) {
		for _, b := range blocks(readPage(t, page)) {
			if b.language != "" && b.language != "yaml" {
				continue
			}
			text := strings.Join(b.lines, "\n")
			var tree map[string]any
			if err := yaml.Unmarshal([]byte(text), &tree); err != nil || len(tree) == 0 {
				if b.language == "yaml" {
					t.Errorf("%s shows YAML that is none (%v):\n%s", page, err, text)
				}
				continue
			}
			if b.language != "yaml" && !slices.ContainsFunc(keysOf(tree), func(key string) bool { return slices.Contains(top, key) }) {
				continue
			}
			seen++
			if err := checkExample(t, text); err != nil {
				t.Errorf("%s: %v, in\n%s", page, err, text)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d configurations were found", seen)
	}
}

func checkExample(t *testing.T, text string) error {
	t.Helper()
	text = strings.ReplaceAll(text, "whsec_…", "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0")
	text = strings.ReplaceAll(text, "…", "x")
	path := filepath.Join(t.TempDir(), "outcry.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := loadConfig(path, nil)
	if err != nil {
		return err
	}
	know, err := checkConfig(&cfg)
	if err != nil {
		return err
	}
	_, err = (&house{cfg: &cfg, know: know, zap: zap.NewNop()}).checkSources()
	return err
}

// TestMakeTargetsInPagesExist looks for every target that the pages tell to make.
func TestMakeTargetsInPagesExist(t *testing.T) {
	t.Parallel()
	targets := make(map[string]bool)
	for _, m := range regexp.MustCompile(`(?m)^([a-z]+):`).FindAllStringSubmatch(readPage(t, "Makefile"), -1) {
		targets[m[1]] = true
	}
	seen := 0
	for _, page := range pages(t) {
		for _, m := range regexp.MustCompile("(?m)(?:`|^    )make ([a-z]+)").FindAllStringSubmatch(readPage(t, page), -1) {
			seen++
			if !targets[m[1]] {
				t.Errorf("%s tells to make %s, which the Makefile does not know", page, m[1])
			}
		}
	}
	if seen < 4 {
		t.Errorf("only %d targets were found", seen)
	}
}
