package secret

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// ErrURL says that a text is not an absolute address. It does not quote the text, which may be a credential.
var ErrURL = errors.New("not an absolute URL; write it as https://host/path, nats://host:4222 or redis://host:6379")

// URL is an address that is itself a credential, as those of webhooks are. It prints as scheme and host only. The zero
// value is not set.
type URL struct{ raw String }

// NewURL returns raw as a secret address. It may be anything; UnmarshalText is the one that checks.
func NewURL(raw string) URL { return URL{raw: New(raw)} }

// Reveal returns the whole address; "" when it is not set. What is revealed must not reach a log or an error.
func (u URL) Reveal() string { return u.raw.Reveal() }

// IsSet reports whether there is an address.
func (u URL) IsSet() bool { return u.raw.IsSet() }

// Equal reports whether two addresses are the same.
func (u URL) Equal(other URL) bool { return u.raw.Equal(other.raw) }

// Host returns host and port, which are no secret; "" when there are none.
func (u URL) Host() string {
	parsed, err := url.Parse(u.Reveal())
	if err != nil {
		return ""
	}
	return parsed.Host
}

// String returns the address with everything but scheme and host hidden.
func (u URL) String() string { return Redact(u.Reveal()) }

// Format implements fmt.Formatter: every verb prints String.
func (u URL) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, u.String()) }

// MarshalText implements encoding.TextMarshaler, which JSON, YAML and XML use.
func (u URL) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. Empty text unsets the address; text that is no absolute address is
// refused with ErrURL, and text that is a printed address with ErrMask.
func (u *URL) UnmarshalText(text []byte) error {
	raw := string(text)
	if raw == "" {
		*u = URL{}
		return nil
	}
	parsed, err := url.Parse(raw)
	if err != nil || parsed.Scheme == "" || parsed.Host == "" {
		return ErrURL
	}
	if strings.HasSuffix(raw, "/"+Mask) || parsed.User.Username() == Mask {
		return ErrMask
	}
	*u = NewURL(raw)
	return nil
}

// Redact hides the credentials of an address, or of several that are separated by commas, as clusters are written:
// scheme and host stay, and Mask stands for user, path and query. What is no address becomes Mask as a whole.
func Redact(raw string) string {
	if raw == "" {
		return ""
	}
	parts := strings.Split(raw, ",")
	for i, part := range parts {
		parts[i] = redactOne(strings.TrimSpace(part))
	}
	return strings.Join(parts, ",")
}

func redactOne(raw string) string {
	parsed, err := url.Parse(raw)
	if err != nil || parsed.Scheme == "" || parsed.Host == "" {
		return Mask
	}
	var b strings.Builder
	b.WriteString(parsed.Scheme + "://")
	if parsed.User != nil {
		b.WriteString(Mask + "@")
	}
	b.WriteString(parsed.Host)
	if strings.Trim(parsed.Path, "/") != "" || parsed.RawQuery != "" || parsed.Fragment != "" {
		b.WriteString("/" + Mask)
	}
	return b.String()
}

// CleanError returns err without the address that net/http and net/url put into their errors. It is to be called on
// what http.Client.Do returns, before anything wraps it: a text that was already formatted cannot be cleaned.
func CleanError(err error) error {
	var wrapped *url.Error
	if !errors.As(err, &wrapped) {
		return err
	}
	cleaned := *wrapped
	cleaned.URL = Redact(wrapped.URL)
	return &cleaned
}
