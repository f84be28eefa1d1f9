package status

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/outcry/outcry/internal/hypertext"
)

// summaryPath is where Statuspage says what is wrong now.
const summaryPath = "/api/v2/summary.json"

// maxName bounds the remembered name of an incident, in bytes.
const maxName = 200

// summary is what is wrong now. An incident that is over is no longer in it.
type summary struct {
	Page      *json.RawMessage `json:"page"`
	Incidents []incident       `json:"incidents"`
}

type incident struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	URL        string    `json:"shortlink"`
	CreatedAt  time.Time `json:"created_at"`
	Components []struct {
		Name string `json:"name"`
	} `json:"components"`
	Updates []struct {
		ID        string    `json:"id"`
		Status    string    `json:"status"`
		Body      string    `json:"body"`
		CreatedAt time.Time `json:"created_at"`
	} `json:"incident_updates"`
}

// parseSummary reads a summary into updates, oldest first, and the names of the incidents that are open, by their ids.
func parseSummary(body []byte) (updates []update, open map[string]string, err error) {
	var s summary
	if err := json.Unmarshal(body, &s); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", errNoPage, err)
	}
	if s.Page == nil {
		return nil, nil, errNoPage
	}
	open = make(map[string]string)
	for i := range s.Incidents {
		in := &s.Incidents[i]
		if in.ID == "" {
			continue
		}
		open[in.ID] = cut(in.Name, maxName)
		about := in.Name
		for _, c := range in.Components {
			about += "\n" + c.Name
		}
		for _, u := range in.Updates {
			if u.ID == "" {
				continue
			}
			updates = append(updates, update{
				id: in.ID + "/" + u.ID, about: about, url: in.URL, at: u.CreatedAt.UTC(),
				text: sentence(capital(u.Status), in.Name, hypertext.Text(u.Body)),
			})
		}
	}
	slices.SortStableFunc(updates, func(a, b update) int { return a.at.Compare(b.at) })
	return updates, open, nil
}

// capital writes "in_progress" as "In progress".
func capital(status string) string {
	status = strings.ReplaceAll(status, "_", " ")
	if status == "" {
		return ""
	}
	return strings.ToUpper(status[:1]) + status[1:]
}

// over is the update that a page does not give: that an incident is no longer among those that are open.
func over(id, name string, now time.Time) update {
	return update{id: id + "/resolved", about: name, text: sentence("Resolved", name, "This incident has been resolved"), at: now}
}
