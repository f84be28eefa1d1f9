package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/datatest"
)

// topic is the configuration that docs/configuration.md gives for power cuts.
func topic(t testing.TB) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```yaml\n")
	block, _, closed := strings.Cut(rest, "```")
	if !found || !closed || !strings.Contains(block, "id: power-outage") {
		t.Fatal("docs/configuration.md has no such example any more")
	}
	return block
}

// TestPowerOutages finds the storm of 17 October 2019 among nine windows of posts on power outages, with what the documentation
// gives as an example, and hardly anything else: single power cuts and the news of them are no alarm.
func TestPowerOutages(t *testing.T) {
	t.Parallel()
	posts := datatest.Path(t, "posts", "power-outage-dc.ndjson")
	r := must(t, nil, "replay", "--config", writeFile(t, "outcry.yaml", topic(t)), posts)
	from, to := time.Date(2019, 10, 17, 10, 0, 0, 0, time.UTC), time.Date(2019, 10, 17, 20, 0, 0, 0, time.UTC)
	newest := make(map[string]event.Outage)
	for _, e := range parse(t, split(r.out)) {
		newest[e.Data.ID] = e.Data
	}
	var storm, others []string
	for id, o := range newest {
		switch {
		case o.ConfirmedAt == nil:
		case o.OnsetAt.Before(to) && (o.EndedAt == nil || o.EndedAt.After(from)):
			storm = append(storm, id)
		default:
			others = append(others, id+" of "+o.OnsetAt.Format(time.RFC3339))
		}
	}
	const most = 2
	if len(storm) != 1 || len(others) > most {
		t.Errorf("%d confirmed outages overlap %s to %s, and %v do not; want one, and %d at most; %s", len(storm), from, to, others, most, r.err)
	}
}
