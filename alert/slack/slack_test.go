package slack_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/internal/secret"
)

func TestExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return slack.New(slack.Config{Endpoint: endpoint})
		},
	})
}

// channel is an incoming webhook that answers as Slack does.
func channel(t *testing.T, status int, answer string, got *[]byte) *alert.Poster {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			t.Errorf("%s with %q, %v; want a POST of JSON", r.Method, r.Header.Get("Content-Type"), err)
		}
		*got = body
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	n, err := slack.New(slack.Config{Endpoint: alert.EndpointConfig{
		Name: "newsroom", URL: secret.NewURL(server.URL + "/services/T0/B0/x"), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Close)
	return n
}

func TestPostsTheMessage(t *testing.T) {
	t.Parallel()
	var got []byte
	e := alerttest.Meta()[1]
	if err := channel(t, http.StatusOK, "ok", &got).Notify(t.Context(), alert.Notice{Event: e, Key: e.ID}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(message(t, &e)), string(got)); diff != "" {
		t.Errorf("posted (-want +got):\n%s", diff)
	}
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status int
		answer string
		hint   string
	}{
		{http.StatusNotFound, "no_service", "create a new incoming webhook"},
		{http.StatusNotFound, "channel_not_found", "create a new incoming webhook"},
		{http.StatusForbidden, "action_prohibited", "create a new incoming webhook"},
		{http.StatusForbidden, "invalid_token", "create a new incoming webhook"},
		{http.StatusForbidden, "", "create a new incoming webhook"},
		{http.StatusGone, "channel_is_archived", "create a new incoming webhook"},
		{http.StatusBadRequest, "invalid_payload", "please report this"},
		{http.StatusBadRequest, "something new", "400 Bad Request"},
	}
	for _, test := range tests {
		t.Run(test.answer, func(t *testing.T) {
			t.Parallel()
			var got []byte
			e := alerttest.Meta()[1]
			err := channel(t, test.status, test.answer, &got).Notify(t.Context(), alert.Notice{Event: e, Key: e.ID})
			if !alert.IsPermanent(err) || !strings.Contains(err.Error(), test.hint) || strings.Contains(err.Error(), "something new") {
				t.Errorf("Notify() = %v, want a permanent error that says %q and quotes nothing", err, test.hint)
			}
		})
	}
}

func TestKeepsToSlacksPace(t *testing.T) {
	t.Parallel()
	var n alert.Paced = channel(t, http.StatusOK, "ok", new([]byte))
	if every, burst := n.Pace(); every != time.Second || burst != 1 {
		t.Errorf("Pace() = %s, %d, want one a second", every, burst)
	}
}
