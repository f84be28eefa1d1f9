package pagerduty_test

import (
	"encoding/json"
	"flag"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/pagerduty"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return pagerduty.New(pagerduty.Config{Endpoint: endpoint, RoutingKey: secret.New("key-5ecre7")})
		},
		Secrets: []string{"key-5ecre7"},
	})
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, named := range alerttest.Lives() {
		if action := pagerduty.Action(&named.Event); action != "" {
			alerttest.Golden(t, *update, named.Name+".json", alerttest.Indent(t, encode(t, &named.Event)))
		}
	}
}

func encode(t *testing.T, e *event.Event) []byte {
	t.Helper()
	body, err := pagerduty.Event(e, pagerduty.Action(e), secret.New("0123456789abcdef0123456789abcdef"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestOneIncidentALife holds a life to one incident that is opened and closed, and not touched when things get better.
func TestOneIncidentALife(t *testing.T) {
	t.Parallel()
	want := []string{"trigger", "trigger", "trigger", "", "trigger", "resolve"}
	for i, e := range alerttest.Meta() {
		if got := pagerduty.Action(&e); got != want[i] {
			t.Errorf("%s: %q, want %q", e.Kind(), got, want[i])
		}
		var told struct {
			DedupKey string `json:"dedup_key"`
		}
		if err := json.Unmarshal(encode(t, &e), &told); err != nil || told.DedupKey != e.Data.ID {
			t.Errorf("%s: dedup_key is %q, %v; want the outage's id", e.Kind(), told.DedupKey, err)
		}
	}
}

// TestAnOfficialWordWhileItRecoversCallsNobody: who has closed the incident is not called again.
func TestAnOfficialWordWhileItRecoversCallsNobody(t *testing.T) {
	t.Parallel()
	e := alerttest.Meta()[1]
	e.Type, e.Data.Phase = event.NewEvent(event.TypeAcknowledged, "", e.Time, e.Data).Type, event.Recovering
	if got := pagerduty.Action(&e); got != "" {
		t.Errorf("PagerDuty is told to %q", got)
	}
}

// TestWhoTakesOverAcknowledges: the incident is acknowledged, not triggered anew.
func TestWhoTakesOverAcknowledges(t *testing.T) {
	t.Parallel()
	e := alerttest.Meta()[1]
	e.Type = event.NewEvent(alert.TypeTaken, "", e.Time, e.Data).Type
	var told struct {
		Action   string `json:"event_action"`
		DedupKey string `json:"dedup_key"`
	}
	if err := json.Unmarshal(encode(t, &e), &told); err != nil || told.Action != "acknowledge" || told.DedupKey != e.Data.ID {
		t.Errorf("PagerDuty is told %+v, %v; want it to acknowledge the incident", told, err)
	}
}

func TestARecoveryCallsNobody(t *testing.T) {
	t.Parallel()
	n, err := pagerduty.New(pagerduty.Config{
		Endpoint: alert.EndpointConfig{Name: "oncall", URL: secret.NewURL("http://127.0.0.1:1")}, RoutingKey: secret.New("k"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Notify(t.Context(), alert.Notice{Event: alerttest.Meta()[3]}); err != nil {
		t.Errorf("Notify() = %v, want nil without a call", err)
	}
}

func TestNewAsksForTheKey(t *testing.T) {
	t.Parallel()
	_, err := pagerduty.New(pagerduty.Config{Endpoint: alert.EndpointConfig{Name: "oncall"}})
	if err == nil || !strings.Contains(err.Error(), "oncall") || !strings.Contains(err.Error(), "routing_key") {
		t.Errorf("New() = %v, want an error that asks for the routing_key of oncall", err)
	}
}

func FuzzEvent(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add(strings.Repeat("😀&", 400), strings.Repeat("<", 4000), "javascript:alert(1)", "resolved", "\xff", 1e308, int64(1)<<40, 200)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		e := alerttest.Strange(name, phrase, url, kind, code, x, seconds, count)
		var told struct {
			DedupKey string `json:"dedup_key"`
			Payload  struct {
				Summary, Severity string
			}
		}
		body := encode(t, e)
		if err := json.Unmarshal(body, &told); err != nil {
			t.Fatal(err)
		}
		if n := utf8.RuneCountInString(told.Payload.Summary); n > 1024 || utf8.RuneCountInString(told.DedupKey) > 255 || len(body) > 512<<10 {
			t.Errorf("summary of %d characters, dedup_key of %d, message of %d bytes: over the limits", n, len(told.DedupKey), len(body))
		}
		if !strings.Contains(" critical error warning info ", " "+told.Payload.Severity+" ") {
			t.Errorf("severity is %q", told.Payload.Severity)
		}
	})
}
