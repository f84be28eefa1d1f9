package alerttest

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"testing"
)

// checkError holds an error to naming the notifier and no secret.
func (s Subject) checkError(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	s.checkText(t, "the error", err.Error())
	if !strings.Contains(err.Error(), "exam") {
		t.Errorf("the error does not name the notifier: %v", err)
	}
	if len(err.Error()) > 500 {
		t.Errorf("the error is %d bytes long, want at most 500: %v", len(err.Error()), err)
	}
}

// checkText holds a text to showing no secret in any usual spelling.
func (s Subject) checkText(t *testing.T, what, text string) {
	t.Helper()
	lower := strings.ToLower(text)
	for _, one := range append([]string{secretPath, secretQuery, secretUser}, s.Secrets...) {
		for _, spelling := range []string{
			one, url.QueryEscape(one), url.PathEscape(one), hex.EncodeToString([]byte(one)),
			strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(one)), "="),
		} {
			if spelling != "" && strings.Contains(lower, strings.ToLower(spelling)) {
				t.Errorf("%s shows the secret %q: %s", what, one, text)
			}
		}
	}
}
