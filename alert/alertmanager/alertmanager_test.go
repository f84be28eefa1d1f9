package alertmanager_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alertmanager"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return alertmanager.New(alertmanager.Config{Endpoint: endpoint})
		},
	})
}

func encode(t *testing.T, e *event.Event) []byte {
	t.Helper()
	body, err := alertmanager.Alerts(e, 24*time.Hour, nil)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, named := range alerttest.Lives() {
		alerttest.Golden(t, *update, named.Name+".json", alerttest.Indent(t, encode(t, &named.Event)))
	}
}

// told is an alert as Alertmanager reads it.
type told struct {
	Labels, Annotations map[string]string
	StartsAt, EndsAt    time.Time
}

func decode(t *testing.T, e *event.Event) []told {
	t.Helper()
	var alerts []told
	if err := json.Unmarshal(encode(t, e), &alerts); err != nil {
		t.Fatal(err)
	}
	return alerts
}

// TestOneAlertFires follows a life as Alertmanager does: at each event exactly the alert of the present severity fires,
// until the end, when none does.
func TestOneAlertFires(t *testing.T) {
	t.Parallel()
	for _, e := range alerttest.Meta() {
		var firing []string
		for _, one := range decode(t, &e) {
			if one.EndsAt.After(e.Time) {
				firing = append(firing, one.Labels["severity"])
			}
		}
		want := string(e.Data.Severity)
		if e.Kind() == event.TypeResolved {
			want = ""
		}
		if got := strings.Join(firing, " "); got != want {
			t.Errorf("%s: firing %q, want %q", e.Kind(), got, want)
		}
	}
}

func TestPostsToTheAPI(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"", "/", "/prefix", "/prefix/"} {
		var got string
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.URL.Path }))
		t.Cleanup(server.Close)
		n, err := alertmanager.New(alertmanager.Config{Endpoint: alert.EndpointConfig{
			Name: "am", URL: secret.NewURL(server.URL + prefix), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(n.Close)
		e := alerttest.Meta()[1]
		if err := n.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID}); err != nil {
			t.Fatal(err)
		}
		if want := strings.TrimSuffix(prefix, "/") + "/api/v2/alerts"; got != want {
			t.Errorf("%q: posted to %s, want %s", prefix, got, want)
		}
	}
}

func FuzzAlerts(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add(strings.Repeat("😀&", 400), strings.Repeat("<", 4000), "javascript:alert(1)", "resolved", "\xff", 1e308, int64(1)<<40, 200)
	name := regexp.MustCompile("^[a-zA-Z_][a-zA-Z0-9_]*$")
	f.Fuzz(func(t *testing.T, service, phrase, url, kind, code string, x float64, seconds int64, count int) {
		for _, one := range decode(t, alerttest.Strange(service, phrase, url, kind, code, x, seconds, count)) {
			if !one.EndsAt.After(one.StartsAt) {
				t.Errorf("the alert ends at %s, before it starts at %s", one.EndsAt, one.StartsAt)
			}
			for key := range one.Annotations {
				if !name.MatchString(key) {
					t.Errorf("the annotation %q has no valid name", key)
				}
			}
		}
	})
}
