package people

import (
	"context"
	"fmt"
	"strings"

	"github.com/outcry/outcry/event"
)

// Find gives the newest event of the one outage whose id begins so.
func (b *Book) Find(ctx context.Context, beginning string) (event.Event, error) {
	events, err := b.Outages(ctx)
	if err != nil {
		return event.Event{}, err
	}
	found := map[string]event.Event{}
	for _, e := range events {
		if beginning != "" && strings.HasPrefix(e.Data.ID, beginning) {
			found[e.Data.ID] = e
		}
	}
	if e, ok := found[beginning]; ok {
		return e, nil
	}
	switch len(found) {
	case 0:
		return event.Event{}, &sorted{ErrUnknown, fmt.Sprintf("no outage begins with %q; outcry outages --all lists them", beginning)}
	case 1:
		for _, e := range found {
			return e, nil
		}
	}
	return event.Event{}, &sorted{ErrWrong, fmt.Sprintf("%d outages begin with %q; write more of the id", len(found), beginning)}
}
