package alerttest

import (
	"errors"
	"io"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/secret"
)

// Subject is a kind of notifier under examination.
type Subject struct {
	// New makes one whose receiver is at the endpoint. If the address is not that of its receiver itself but of the
	// service that all such receivers share, it may append to the path.
	New func(endpoint alert.EndpointConfig) (alert.Notifier, error)
	// Secrets are the tokens and keys, besides the address, that New gave the notifier. None may ever be seen.
	Secrets []string
	// Says is what the receiver answers when it accepts a notice, for a notifier that goes by the answer and not by its
	// status alone: everything that is not 200 must still be told apart by status, and no other answer is looked at.
	Says string
}

// accepts is a receiver that takes a notice.
func (s Subject) accepts() http.HandlerFunc {
	if s.Says == "" {
		return status(http.StatusOK, nil)
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, s.Says) // Who does not read the answer has seen the status.
	}
}

// HTTP examines a notifier whose receiver is reached over HTTP. Each part says what it holds the notifier to.
func HTTP(t *testing.T, subject Subject) {
	t.Helper()
	t.Run("answers", subject.answers)
	t.Run("retry-after", subject.retryAfter)
	if subject.Says == "" {
		t.Run("repeats", subject.repeats)
		t.Run("answers without end", subject.endless)
	}
	t.Run("silence", subject.silence)
	t.Run("broken connections", subject.broken)
	t.Run("TLS", subject.tls)
	t.Run("TLS handshakes", subject.handshakes)
	t.Run("private addresses", subject.private)
	t.Run("unknown hosts", subject.unknown)
	t.Run("a context that ends", subject.cancelled)
	t.Run("addresses that are none", subject.misconfigured)
	t.Run("logs and dead letters", subject.behindDesk)
}

const (
	// patient is longer than any answer of this exam takes; impatient is for receivers that never answer.
	patient   = 3 * time.Minute
	impatient = 200 * time.Millisecond
	// The parts of the receivers' addresses that are secret.
	secretPath  = "path-5ecre7"
	secretQuery = "query-5ecre7"
	secretUser  = "user-5ecre7"
)

// loopback is where the receivers of the exam are.
func loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// endpoint is a receiver at base, whose address holds secrets wherever an address can.
func endpoint(base string) alert.EndpointConfig {
	return alert.EndpointConfig{
		Name: "exam", URL: secret.NewURL(base + "/" + secretPath + "?token=" + secretQuery),
		AllowPrivate: loopback(), Timeout: patient,
	}
}

// notifier makes the notifier under examination.
func (s Subject) notifier(t *testing.T, cfg alert.EndpointConfig) alert.Notifier {
	t.Helper()
	n, err := s.New(cfg)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	if n.Name() != cfg.Name {
		t.Errorf("Name() = %q, want %q", n.Name(), cfg.Name)
	}
	if c, ok := n.(interface{ Close() }); ok {
		t.Cleanup(c.Close)
	}
	return n
}

// tell sends the notice of a confirmed outage and checks that the outcome is clean.
func (s Subject) tell(t *testing.T, cfg alert.EndpointConfig) error {
	t.Helper()
	err := s.notifier(t, cfg).Notify(t.Context(), notice(1))
	s.checkError(t, err)
	return err
}

func notice(attempt int) alert.Notice {
	e := Meta()[1]
	return alert.Notice{Event: e, Key: e.ID, Attempt: attempt, At: e.Time.Add(time.Duration(attempt) * time.Minute)}
}

// outcome is what becomes of a notice.
type outcome string

const (
	delivered outcome = "delivered"
	permanent outcome = "refused for good"
	temporary outcome = "to be retried"
)

func outcomeOf(err error) outcome {
	switch {
	case err == nil:
		return delivered
	case alert.IsPermanent(err):
		return permanent
	}
	return temporary
}

func want(t *testing.T, err error, want outcome) {
	t.Helper()
	if got := outcomeOf(err); got != want {
		t.Errorf("the notice is %s (%v), want it %s", got, err, want)
	}
}

// misconfigured holds New to refusing what cannot be called, without quoting it.
func (s Subject) misconfigured(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", secretPath, "ftp://host/" + secretPath, "https:///" + secretPath, "https://h\x00st/" + secretPath} {
		_, err := s.New(alert.EndpointConfig{Name: "exam", URL: secret.NewURL(address)})
		if err == nil && address != "" {
			t.Errorf("New accepts the address %q", address)
		}
		s.checkError(t, err)
	}
	if _, err := s.New(alert.EndpointConfig{URL: secret.NewURL("https://host/x")}); err == nil || errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("New without a name gives %v, want an error that asks for one", err)
	}
}
