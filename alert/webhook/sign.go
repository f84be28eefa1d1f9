package webhook

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/outcry/outcry/internal/secret"
)

// The sizes of a signing key, in bytes, that Standard Webhooks allows.
const (
	minKey = 24
	maxKey = 64
)

// ErrSecret says that a signing secret cannot be used. It does not quote it.
var ErrSecret = errors.New("secret is not whsec_ and the base64 of 24 to 64 bytes; make one with: echo whsec_$(openssl rand -base64 32)")

// signers sign with the secrets that are in use: one, or two while one replaces the other.
type signers []*standardwebhooks.Webhook

func newSigners(secrets []secret.String) (signers, error) {
	var s signers
	for _, text := range secrets {
		if !text.IsSet() {
			continue
		}
		// The library's own error would quote bytes of the secret.
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text.Reveal(), "whsec_"))
		if err != nil || len(key) < minKey || len(key) > maxKey {
			return nil, ErrSecret
		}
		signer, err := standardwebhooks.NewWebhookRaw(key)
		if err != nil {
			return nil, ErrSecret
		}
		s = append(s, signer)
	}
	return s, nil
}

// sign sets the headers of Standard Webhooks: the id, which is the same for every attempt, the time of this attempt,
// and one signature a secret over both and the body.
func (s signers) sign(header http.Header, id string, at time.Time, body []byte) {
	header.Set(standardwebhooks.HeaderWebhookID, id)
	header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	signatures := make([]string, 0, len(s))
	for _, signer := range s {
		signature, _ := signer.Sign(id, at, body) // HMAC cannot fail; the error is always nil.
		signatures = append(signatures, signature)
	}
	if len(signatures) > 0 {
		header.Set(standardwebhooks.HeaderWebhookSignature, strings.Join(signatures, " "))
	}
}
