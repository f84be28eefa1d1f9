package ntfy_test

import (
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/ntfy"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return ntfy.New(ntfy.Config{Endpoint: endpoint, Token: secret.New("tk_5ecre7")})
		},
		Secrets: []string{"tk_5ecre7"},
	})
}

func encode(t *testing.T, e *event.Event) []byte {
	t.Helper()
	body, err := ntfy.Message(e, "outages", nil)
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

func TestPublishesToTheTopic(t *testing.T) {
	t.Parallel()
	for path, wantPath := range map[string]string{"/outages": "/", "/outages/": "/", "/push/outages": "/push/"} {
		var gotPath, gotToken, gotBody string
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			gotPath, gotToken, gotBody = r.URL.Path, r.Header.Get("Authorization"), string(body)
		}))
		t.Cleanup(server.Close)
		n, err := ntfy.New(ntfy.Config{
			Endpoint: alert.EndpointConfig{
				Name: "phone", URL: secret.NewURL(server.URL + path), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
			},
			Token: secret.New("tk_1"),
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(n.Close)
		e := alerttest.Meta()[1]
		if err := n.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID}); err != nil {
			t.Fatal(err)
		}
		if gotPath != wantPath || gotToken != "Bearer tk_1" || gotBody != string(encode(t, &e)) {
			t.Errorf("%s: posted to %s with %q: %s", path, gotPath, gotToken, gotBody)
		}
	}
}

func TestNewAsksForTheTopic(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"https://ntfy.sh", "https://ntfy.sh/", "https://ntfy.sh//"} {
		_, err := ntfy.New(ntfy.Config{Endpoint: alert.EndpointConfig{Name: "phone", URL: secret.NewURL(address)}})
		if err == nil || !strings.Contains(err.Error(), "phone") || !strings.Contains(err.Error(), "topic") {
			t.Errorf("New(%s) = %v, want an error that asks for the topic of phone", address, err)
		}
	}
}

func FuzzMessage(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add(strings.Repeat("😀&", 400), strings.Repeat("<", 4000), "javascript:alert(1)", "resolved", "\xff", 1e308, int64(1)<<40, 200)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		var told struct {
			Title, Message string
			Priority       int
		}
		if err := json.Unmarshal(encode(t, alerttest.Strange(name, phrase, url, kind, code, x, seconds, count)), &told); err != nil {
			t.Fatal(err)
		}
		if len(told.Message) > 4096 || utf8.RuneCountInString(told.Title) > 250 || told.Priority < 1 || told.Priority > 5 {
			t.Errorf("over the limits: %+v", told)
		}
	})
}
