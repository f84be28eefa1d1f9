package catalogue

import (
	"fmt"
	"slices"

	"github.com/outcry/outcry/event"
)

// Merge puts the operator's own services over the base. An entry with a new id is added; one with a known id overrides the
// fields that it sets, each list as a whole, and leaves the others (so that ambiguous can be set and not unset). The result is
// checked as a whole: ids, names, handles, tags and depends_on. Neither argument is changed.
func Merge(base, own []event.Service) ([]event.Service, error) {
	merged := slices.Clone(base)
	at := make(map[string]int, len(base)+len(own))
	for i := range base {
		at[base[i].ID] = i
	}
	mine := make(map[string]bool, len(own))
	for i := range own {
		id := own[i].ID
		if mine[id] {
			return nil, fmt.Errorf("service %q stands twice among your own services; keep one", id)
		}
		mine[id] = true
		if j, known := at[id]; known {
			merged[j] = override(merged[j], own[i])
			continue
		}
		merged = append(merged, own[i])
	}
	if err := check(merged); err != nil {
		return nil, err
	}
	return merged, nil
}

// override returns s with the fields that by sets.
func override(s, by event.Service) event.Service {
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&s.Name, by.Name}, {&s.Owner, by.Owner}, {&s.StatusPage, by.StatusPage}, {&s.Kind, by.Kind}, {&s.Country, by.Country},
	} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	for _, f := range []struct {
		to   *[]string
		from []string
	}{
		{&s.DependsOn, by.DependsOn}, {&s.Aliases, by.Aliases}, {&s.Tags, by.Tags}, {&s.Handles, by.Handles}, {&s.Phrases, by.Phrases}, {&s.Hints, by.Hints},
	} {
		if f.from != nil {
			*f.to = f.from
		}
	}
	s.Ambiguous = s.Ambiguous || by.Ambiguous
	return s
}
