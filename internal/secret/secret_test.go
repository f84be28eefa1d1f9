package secret_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/internal/secret"
)

const (
	token = "tok-5a1b"
	hook  = "https://bob:tok-5a1b@hooks.example.com:8443/services/tok-5a1b?key=tok-5a1b#tok-5a1b"
)

// holder has secrets where configuration would have them, and where fmt cannot call their methods.
type holder struct {
	Token  secret.String            `json:"token" yaml:"token"`
	Hook   secret.URL               `json:"hook" yaml:"hook"`
	ByName map[string]secret.String `json:"by_name" yaml:"by_name"`
	inner  secret.String
	link   secret.URL
	list   []secret.String
}

func newHolder() holder {
	s := secret.New(token)
	return holder{
		Token: s, Hook: secret.NewURL(hook), ByName: map[string]secret.String{"a": s},
		inner: s, link: secret.NewURL(hook), list: []secret.String{s},
	}
}

func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	h := newHolder()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%T"} {
		for _, value := range []any{h, &h, h.Token, &h.Token, h.Hook, &h.Hook, []any{h.Token}, h.ByName} {
			if got := fmt.Sprintf(verb, value); strings.Contains(got, token) || strings.Contains(got, fmt.Sprintf("%x", token)) {
				t.Errorf("%s of %T prints the secret: %s", verb, value, got)
			}
		}
	}
}

func TestNothingEncodesASecret(t *testing.T) {
	t.Parallel()
	h := newHolder()
	asJSON, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON := `{"token":"***","hook":"https://***@hooks.example.com:8443/***","by_name":{"a":"***"}}`
	if diff := cmp.Diff(wantJSON, string(asJSON)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	asYAML, err := yaml.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	wantYAML := "token: '***'\nhook: https://***@hooks.example.com:8443/***\nby_name:\n    a: '***'\n"
	if diff := cmp.Diff(wantYAML, string(asYAML)); diff != "" {
		t.Errorf("YAML (-want +got):\n%s", diff)
	}
}

func TestZapLogsTheMask(t *testing.T) {
	t.Parallel()
	h := newHolder()
	core, logs := observer.New(zapcore.DebugLevel)
	zap.New(core).Info("connecting",
		zap.Any("token", h.Token), zap.Stringer("hook", h.Hook), zap.Reflect("holder", h), zap.Any("all", []any{h}))
	encoder := zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig())
	line, err := encoder.EncodeEntry(logs.All()[0].Entry, logs.All()[0].Context)
	if err != nil {
		t.Fatal(err)
	}
	if got := line.String(); strings.Contains(got, token) || !strings.Contains(got, `"token":"***"`) {
		t.Errorf("zap wrote %s", got)
	}
}

func TestDecoding(t *testing.T) {
	t.Parallel()
	var got holder
	if err := yaml.Unmarshal([]byte("token: "+token+"\nhook: "+hook), &got); err != nil {
		t.Fatal(err)
	}
	if got.Token.Reveal() != token || got.Hook.Reveal() != hook {
		t.Errorf("got %q and %q, want what was written", got.Token.Reveal(), got.Hook.Reveal())
	}
	if want := "hooks.example.com:8443"; got.Hook.Host() != want {
		t.Errorf("Host() = %q, want %q", got.Hook.Host(), want)
	}
	if !got.Token.IsSet() || !got.Hook.IsSet() {
		t.Error("a decoded secret is not set")
	}
}

func TestDecodingRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		into       interface{ UnmarshalText([]byte) error }
		want       error
	}{
		{"the mask as a secret", "***", new(secret.String), secret.ErrMask},
		{"a printed address", "https://hooks.example.com/***", new(secret.URL), secret.ErrMask},
		{"a printed user", "nats://***@host:4222", new(secret.URL), secret.ErrMask},
		{"no scheme", "hooks.example.com/tok-5a1b", new(secret.URL), secret.ErrURL},
		{"no host", "https:tok-5a1b", new(secret.URL), secret.ErrURL},
		{"a control character", "https://h/tok-5a1b\x01", new(secret.URL), secret.ErrURL},
		{"a secret", "x", new(secret.String), nil},
		{"no secret", "", new(secret.String), nil},
		{"no address", "", new(secret.URL), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := test.into.UnmarshalText([]byte(test.text))
			if !errors.Is(err, test.want) {
				t.Errorf("UnmarshalText(%q) = %v, want %v", test.text, err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Errorf("the error quotes the secret: %v", err)
			}
		})
	}
}

func TestUnset(t *testing.T) {
	t.Parallel()
	var s secret.String
	var u secret.URL
	if s.IsSet() || u.IsSet() || s.Reveal() != "" || u.Reveal() != "" || s.String() != "" || u.String() != "" || u.Host() != "" {
		t.Error("the zero values are not empty")
	}
	if !secret.New("").Equal(s) || !secret.NewURL("").Equal(u) {
		t.Error("an empty text is not the zero value")
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	if !secret.New("a").Equal(secret.New("a")) || secret.New("a").Equal(secret.New("b")) || !secret.New("a").Matches("a") {
		t.Error("String.Equal does not compare the secrets")
	}
	if !secret.NewURL(hook).Equal(secret.NewURL(hook)) || secret.NewURL(hook).Equal(secret.URL{}) {
		t.Error("URL.Equal does not compare the addresses")
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                                "",
		"https://example.com":             "https://example.com",
		"https://example.com/":            "https://example.com",
		"https://example.com/x":           "https://example.com/***",
		"https://example.com?x=1":         "https://example.com/***",
		"nats://u:p@a:4222,nats://b:4222": "nats://***@a:4222,nats://b:4222",
		"redis://:p@[::1]:6379/0":         "redis://***@[::1]:6379/***",
		"just text":                       "***",
		"https://exa mple/\x00":           "***",
	}
	for raw, want := range tests {
		if got := secret.Redact(raw); got != want {
			t.Errorf("Redact(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestCleanError(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hook, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		_ = response.Body.Close()
		t.Fatal("a request whose context has ended succeeded")
	}
	cleaned := secret.CleanError(err)
	if strings.Contains(cleaned.Error(), token) || !strings.Contains(cleaned.Error(), "hooks.example.com") {
		t.Errorf("CleanError gives %q", cleaned)
	}
	if !errors.Is(cleaned, context.Canceled) {
		t.Errorf("%v no longer wraps context.Canceled", cleaned)
	}
	_, parseError := url.Parse(strings.Replace(hook, "https", "\x01", 1))
	if got := secret.CleanError(parseError).Error(); strings.Contains(got, token) {
		t.Errorf("CleanError gives %q", got)
	}
	other := errors.New("other")
	if got := secret.CleanError(other); !errors.Is(got, other) || got.Error() != "other" {
		t.Errorf("CleanError changed %v to %v", other, got)
	}
}
