package alert

import (
	"math"
	"slices"
	"strings"

	"github.com/outcry/outcry/event"
)

// How much of a thing is named at most, and how long a name may be. A notice is to be understood in five seconds.
const (
	maxServices  = 4
	maxCountries = 3
	maxPlaces    = 4
	maxSymptoms  = 3
	maxPhrases   = 3
	nameLength   = 40
	idLength     = 80
	phraseLength = 60
	// leastShare is the least share that is worth a word.
	leastShare = 0.05
)

// namesOf lists the services that play role, by name, loudest as the event has them.
func namesOf(o *event.Outage, role event.Role) []string {
	var names []string
	for i := range o.Services {
		if s := &o.Services[i]; s.Role == role {
			names = appendName(names, s.Name, s.ID)
		}
	}
	return names
}

// namesIn lists the services that are down or dependent and whose own phase is one of phases.
func namesIn(o *event.Outage, phases ...event.Phase) []string {
	var names []string
	for i := range o.Services {
		s := &o.Services[i]
		hit := s.Role == event.RoleDown || s.Role == event.RoleDependent
		if hit && slices.Contains(phases, s.Phase) {
			names = appendName(names, s.Name, s.ID)
		}
	}
	return names
}

// appendName appends the first of names that is fit to show, unless it is there already.
func appendName(list []string, names ...string) []string {
	for _, name := range names {
		if name = Clean(name, nameLength); name == "" {
			continue
		}
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
		return list
	}
	return list
}

// titleOf is what people call the outage.
func titleOf(e *event.Event) string {
	list := appendName(nil, e.Data.Name, e.Subject, e.Data.ID)
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// standsOut is how many times its usual share a country has at least that stands out.
const standsOut = 1.5

// topCountries lists the countries worth a word, largest share first, and how many more there are.
func topCountries(o *event.Outage) (top []event.CountryShare, more int) {
	all := slices.Clone(o.Scope.Countries)
	slices.SortStableFunc(all, func(a, b event.CountryShare) int { return compareShares(a.Share, b.Share) })
	for _, c := range all {
		if len(top) < maxCountries && share(c.Share) >= leastShare {
			top = append(top, c)
		}
	}
	return top, len(all) - len(top)
}

// topSymptoms lists the symptoms worth a word, largest share first.
func topSymptoms(o *event.Outage) []event.Share {
	var top []event.Share
	for _, s := range o.Symptoms {
		if share(s.Share) >= leastShare {
			top = append(top, s)
		}
	}
	slices.SortStableFunc(top, func(a, b event.Share) int { return compareShares(a.Share, b.Share) })
	return top[:min(len(top), maxSymptoms)]
}

func compareShares(a, b float64) int {
	switch a, b := share(a), share(b); {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// share keeps a share within 0 to 1.
func share(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return min(max(x, 0), 1)
}

// cleanAll cleans and folds a list of strangers' texts and cuts it to most.
func cleanAll(list []string, length, most int) []string {
	var out []string
	seen := map[string]bool{}
	for _, text := range list {
		text = Clean(text, length)
		if folded := strings.ToLower(text); text != "" && !seen[folded] && len(out) < most {
			seen[folded] = true
			out = append(out, text)
		}
	}
	return out
}

// isPartial reports whether not everybody, or not everything, is hit.
func isPartial(o *event.Outage) bool { return o.Scope.Label == "partial" }

// isOver reports whether e tells that the outage, or the suspicion of one, is over.
func isOver(e *event.Event) bool { return e.Kind() == event.TypeResolved }

// Mark is the sign by which notices are told apart at a glance.
func Mark(e *event.Event) string {
	switch e.Kind() {
	case event.TypeSuspected:
		return "🟡"
	case event.TypeAcknowledged:
		return "📣"
	case event.TypeRecovering:
		return "🟠"
	case event.TypeResolved:
		return "✅"
	default:
		if isAside := e.Kind() == TypeReminder || e.Kind() == TypeTaken; isAside && e.Data.Phase == event.Recovering {
			return "🟠"
		}
		return "🔴"
	}
}

// SourceName writes the id of a source as its network writes itself: "Bluesky".
func SourceName(id string) string {
	switch id {
	case "x", "bluesky", "mastodon":
		return strings.ToUpper(id[:1]) + id[1:]
	}
	return Clean(id, nameLength)
}
