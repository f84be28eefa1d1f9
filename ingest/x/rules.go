package x

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
)

// tagPrefix marks the rules that are ours among those of an account, and stands before the service's id in their tags.
const tagPrefix = "outcry:"

// sharedTag is the tag of a rule in which several services share the room: which one a post speaks of is for the matcher to find.
const sharedTag = tagPrefix + "*"

// Rule is a rule of the filtered stream. ID is empty before X has given it one.
type Rule struct {
	ID    string `json:"id,omitempty"`
	Value string `json:"value"`
	Tag   string `json:"tag,omitempty"`
}

// ours reports whether a rule was made here. Others' rules of the same account are left alone.
func (r *Rule) ours() bool { return strings.HasPrefix(r.Tag, tagPrefix) }

// RuleLimits bounds what an account may ask for.
type RuleLimits struct {
	// Rules is how many rules there may be, Length how many characters each may have.
	Rules, Length int
}

// MakeRules makes the rules by which X finds the posts that complain of the services. Each service has rules of its own, tagged
// with its id; where there are too many for the limits, services share rules instead. It fails when even those do not fit, when a
// service has no words to be found by, and when some of its words are too long for a rule.
func MakeRules(services []event.Service, limits RuleLimits) ([]Rule, error) {
	var rules []Rule
	var all []string
	for i := range services {
		found, err := termsWithin(&services[i], limits.Length)
		if err != nil {
			return nil, err
		}
		rules = append(rules, pack(found, tagPrefix+services[i].ID, limits.Length)...)
		all = append(all, found...)
	}
	if len(rules) <= limits.Rules {
		return rules, nil
	}
	rules = pack(all, sharedTag, limits.Length)
	if len(rules) > limits.Rules {
		return nil, fmt.Errorf("%d services need %d rules of X, of which the account may have %d; listen for fewer services",
			len(services), len(rules), limits.Rules)
	}
	return rules, nil
}

// termsWithin gives the terms of a service, each of which finds room in a rule.
func termsWithin(s *event.Service, length int) ([]string, error) {
	all := terms(s)
	if len(all) == 0 {
		return nil, fmt.Errorf("x knows no words by which to listen for %s; give it a name, tags or phrases", s.ID)
	}
	for _, t := range all {
		if n := len(ruleHead) + utf8.RuneCountInString(t) + len(ruleTail); n > length {
			return nil, fmt.Errorf("service %s: to listen to x for %.80q takes a rule of %d characters, and one may have %d; make it shorter, or raise max_rule_length if the account has longer rules",
				s.ID, t, n, length)
		}
	}
	return all, nil
}

// A rule is its terms in brackets, without reposts: they cost as much and say nothing new.
const (
	ruleHead = "("
	ruleOr   = " OR "
	ruleTail = ") -is:retweet"
)

// pack puts terms, in order and each once, into as few rules as their order allows. A term that is too long by itself is left out.
func pack(terms []string, tag string, length int) []Rule {
	var rules []Rule
	seen := make(map[string]bool, len(terms))
	var open []string
	room := 0
	cut := func() {
		if len(open) > 0 {
			rules = append(rules, Rule{Value: ruleHead + strings.Join(open, ruleOr) + ruleTail, Tag: tag})
		}
		open, room = nil, length-len(ruleHead)-len(ruleTail)
	}
	cut()
	for _, t := range terms {
		n := utf8.RuneCountInString(t)
		if seen[t] || n > length-len(ruleHead)-len(ruleTail) {
			continue
		}
		seen[t] = true
		if len(open) > 0 {
			n += len(ruleOr)
		}
		if n > room {
			cut()
			n = utf8.RuneCountInString(t)
		}
		open = append(open, t)
		room -= n
	}
	cut()
	return rules
}

// DiffRules says which rules to add and which of ours to remove, by id, so that X has those that are wanted.
func DiffRules(have, want []Rule) (add []Rule, remove []string) {
	type key struct{ value, tag string }
	missing := make(map[key]bool, len(want))
	for _, r := range want {
		missing[key{r.Value, r.Tag}] = true
	}
	for i := range have {
		r := &have[i]
		if !r.ours() {
			continue
		}
		k := key{r.Value, r.Tag}
		if !missing[k] {
			remove = append(remove, r.ID)
			continue
		}
		missing[k] = false
	}
	for _, r := range want {
		k := key{r.Value, r.Tag}
		if missing[k] {
			missing[k] = false
			add = append(add, r)
		}
	}
	return add, remove
}

// serviceOf reads which service a rule was made for from its tag; "": for none in particular.
// The tag of a rule that is not ours is taken for an id.
func serviceOf(tag string) string {
	if tag == sharedTag {
		return ""
	}
	return strings.TrimPrefix(tag, tagPrefix)
}
