package catalogue

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/outcry/outcry/event"
)

var (
	slugForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	countryForm = regexp.MustCompile(`^[A-Z]{2}$`)
	// A handle is a bare name ("VodafoneUK"), a domain ("bsky.app"), or a name at a server ("gargron@mastodon.social").
	handleForm = regexp.MustCompile(`^[\pL\pN_][\pL\pN_.-]{0,252}(@[\pL\pN][\pL\pN.-]*\.[\pL\pN-]+)?$`)
	tagForm    = regexp.MustCompile(`^[\pL\pN\pM_\x{200c}\x{200d}]+$`)
)

// checkOne reports what is wrong with a service by itself.
func checkOne(s *event.Service) error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("service %q: "+format, append([]any{s.ID}, args...)...))
	}
	if !slugForm.MatchString(s.ID) {
		fault("id must be lower-case letters, digits and single hyphens, such as %q", suggestSlug(s))
	}
	if s.Owner != "" && !slugForm.MatchString(s.Owner) {
		fault("owner %q must be a slug such as \"meta\"", s.Owner)
	}
	if s.Country != "" && !countryForm.MatchString(s.Country) {
		fault("country %q must be an ISO 3166 code of two capital letters, such as \"IT\"", s.Country)
	}
	if s.StatusPage != "" && !strings.HasPrefix(s.StatusPage, "https://") && !strings.HasPrefix(s.StatusPage, "http://") {
		fault("status_page %q must begin with https://", s.StatusPage)
	}
	for _, h := range s.Handles {
		if !handleForm.MatchString(h) {
			fault("handle %q must be an account's name without '@', such as \"VodafoneUK\" or \"bsky.app\"", h)
		}
	}
	for _, t := range s.Tags {
		if !tagForm.MatchString(t) {
			fault("tag %q must be a hashtag without '#', of letters, digits and '_' only", t)
		}
	}
	for _, a := range slices.Concat(s.Aliases, s.Phrases, s.Hints) {
		if strings.TrimSpace(a) == "" {
			fault("an alias, phrase or hint is empty; remove it")
		}
	}
	if slices.Contains(s.DependsOn, s.ID) {
		fault("depends_on names the service itself; remove it")
	}
	return errors.Join(faults...)
}

// suggestSlug makes a usable id out of what a service is called.
func suggestSlug(s *event.Service) string {
	words := strings.FieldsFunc(strings.ToLower(s.ID+" "+s.Name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if len(words) == 0 {
		return "city-metro"
	}
	return words[0]
}

// check reports what is wrong with a whole list of services.
func check(list []event.Service) error {
	var faults []error
	ids := make(map[string]bool, len(list))
	for i := range list {
		s := &list[i]
		if err := checkOne(s); err != nil {
			faults = append(faults, err)
		}
		if ids[s.ID] {
			faults = append(faults, fmt.Errorf("service %q stands twice; keep one", s.ID))
		}
		if s.Name == "" {
			faults = append(faults, fmt.Errorf("service %q is new and has no name; add name: …", s.ID))
		}
		ids[s.ID] = true
	}
	faults = append(faults, checkDependsOn(list, ids)...)
	faults = append(faults, checkShared(list)...)
	return errors.Join(faults...)
}

// checkDependsOn refuses a dependency on a service that nobody knows.
func checkDependsOn(list []event.Service, ids map[string]bool) []error {
	var (
		faults []error
		known  []string
	)
	for i := range list {
		known = append(known, list[i].ID)
	}
	for i := range list {
		for _, d := range list[i].DependsOn {
			if !ids[d] {
				faults = append(faults, fmt.Errorf("service %q: depends_on names %q, which is no service; did you mean %q?",
					list[i].ID, d, nearest(d, known)))
			}
		}
	}
	return faults
}

// checkShared refuses two services that claim the same handle or tag, or, unless one of them is ambiguous, the same name.
func checkShared(list []event.Service) []error {
	var (
		faults  []error
		names   = claims{what: "name", mend: "drop it from one of the two, or mark one of them ambiguous"}
		handles = claims{what: "handle", mend: "drop it from one of the two"}
		tags    = claims{what: "tag", mend: "drop it from one of the two"}
	)
	for i := range list {
		s := &list[i]
		if !s.Ambiguous {
			faults = append(faults, names.claim(s.ID, append([]string{s.Name}, s.Aliases...))...)
		}
		faults = append(faults, handles.claim(s.ID, s.Handles)...)
		faults = append(faults, tags.claim(s.ID, s.Tags)...)
	}
	return faults
}

// claims remembers which service holds which word.
type claims struct {
	what, mend string
	holder     map[string]string
}

// claim enters words for a service and reports those that another one holds.
func (c *claims) claim(id string, words []string) []error {
	if c.holder == nil {
		c.holder = make(map[string]string)
	}
	var faults []error
	for _, w := range words {
		key := fold(w)
		if held, ok := c.holder[key]; ok && held != id {
			faults = append(faults, fmt.Errorf("services %q and %q both have the %s %q; %s", held, id, c.what, w, c.mend))
			continue
		}
		c.holder[key] = id
	}
	return faults
}

// fold brings a word to the form in which two spellings of it are equal: compatibility forms, case and runs of spaces do not count.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}
