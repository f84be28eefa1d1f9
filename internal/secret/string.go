package secret

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
)

// Mask is what stands in place of a secret wherever one is printed or encoded.
const Mask = "***"

// ErrMask says that a configuration was filled with printed output in place of the secrets themselves.
var ErrMask = errors.New(`the value is "` + Mask + `", which is how a secret is printed; write the secret itself`)

// String is a secret text. It prints, and encodes to JSON, YAML and logs, as Mask, or as nothing when it is not set.
// The zero value is not set.
type String struct {
	// A pointer, because fmt does not call methods on unexported fields of other structs: it then prints an address
	// and not the text.
	text *string
}

// New returns text as a secret.
func New(text string) String {
	if text == "" {
		return String{}
	}
	return String{text: &text}
}

// Reveal returns the secret itself; "" when it is not set. What is revealed must not reach a log or an error.
func (s String) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsSet reports whether there is a secret.
func (s String) IsSet() bool { return s.text != nil }

// Equal reports whether two secrets are the same.
func (s String) Equal(other String) bool { return s.Matches(other.Reveal()) }

// Matches reports whether text is the secret, in a time that does not tell how much of it was right.
func (s String) Matches(text string) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(text)) == 1
}

// String returns Mask, or "" when the secret is not set.
func (s String) String() string {
	if s.text == nil {
		return ""
	}
	return Mask
}

// Format implements fmt.Formatter: every verb prints String.
func (s String) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText implements encoding.TextMarshaler, which JSON, YAML and XML use.
func (s String) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler, so that configuration can be decoded into a secret. The only text
// that it refuses is Mask.
func (s *String) UnmarshalText(text []byte) error {
	if string(text) == Mask {
		return ErrMask
	}
	*s = New(string(text))
	return nil
}
