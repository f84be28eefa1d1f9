package nostr

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"sync"

	"github.com/btcsuite/btcd/btcec/v2/schnorr"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/heard"
)

// notary finds out whether notes are what their authors signed. Relays say that they do so too, but nobody holds them to it.
type notary struct {
	// verify reports whether a signature of an id is the author's.
	verify func(id, author, signature []byte) bool

	mu sync.Mutex
	// proved are ids that were found to be true, so that a note costs its proof once, through however many relays it comes.
	proved *heard.Set
}

func newNotary() *notary { return &notary{verify: verify, proved: heard.NewSet(remembered)} }

// check gives an *ingest.Drop if the id is not the hash of what the note says, or the signature not the author's.
func (c *notary) check(n *note) error {
	id := n.digest()
	if n.ID != hex.EncodeToString(id[:]) {
		return ingest.Dropf(ingest.ReasonForged, "the note's id is not the hash of what it says")
	}
	c.mu.Lock()
	known := c.proved.Has(n.ID)
	c.mu.Unlock()
	if known {
		return nil
	}
	author, err := hex.DecodeString(n.Author)
	signature, sigErr := hex.DecodeString(n.Signature)
	if err != nil || sigErr != nil || !c.verify(id[:], author, signature) {
		return ingest.Dropf(ingest.ReasonForged, "the note's signature is not its author's")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.proved.Add(n.ID)
	return nil
}

// verify checks a signature of BIP-340.
func verify(id, author, signature []byte) bool {
	key, err := schnorr.ParsePubKey(author)
	if err != nil {
		return false
	}
	s, err := schnorr.ParseSignature(signature)
	return err == nil && s.Verify(id, key)
}

// digest is the hash of what a note says, in the one form of JSON that NIP-01 prescribes.
func (n *note) digest() [sha256.Size]byte {
	b := make([]byte, 0, 256+len(n.Content))
	b = append(b, `[0,"`...)
	b = append(b, n.Author...)
	b = append(b, `",`...)
	b = strconv.AppendInt(b, n.CreatedAt, 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(n.Kind), 10)
	b = append(b, `,[`...)
	for i, tag := range n.Tags {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, s := range tag {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendQuoted(b, s)
		}
		b = append(b, ']')
	}
	b = append(b, `],`...)
	b = appendQuoted(b, n.Content)
	return sha256.Sum256(append(b, ']'))
}

// appendQuoted appends a text in quotes: what must be escaped is, and nothing else.
func appendQuoted(b []byte, s string) []byte {
	const hexDigits = "0123456789abcdef"
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c >= 0x20:
			b = append(b, c)
		case c == '\b':
			b = append(b, '\\', 'b')
		case c == '\t':
			b = append(b, '\\', 't')
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\f':
			b = append(b, '\\', 'f')
		case c == '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
		}
	}
	return append(b, '"')
}

// retractions gives what an author takes back by a note of kind 5: its marks, under which posts of that author are known to be gone.
func (n *note) retractions() []string {
	var marks []string
	for _, tag := range n.Tags {
		if len(tag) >= 2 && tag[0] == "e" && isHex(tag[1]) {
			marks = append(marks, markOf(n.Author, tag[1]))
		}
	}
	return marks
}

// markOf stands for a note of an author. Only its own author can take a note back.
func markOf(author, id string) string { return author + "/" + id }

// parseNote reads a note of one of the kinds that are asked for.
func parseNote(raw []byte) (*note, error) {
	n := &note{}
	if err := json.Unmarshal(raw, n); err != nil {
		return nil, &ingest.Drop{Reason: ingest.ReasonSyntax, Err: err}
	}
	switch {
	case n.Kind != kindNote && n.Kind != kindDeletion:
		return nil, ingest.Dropf(ingest.ReasonUnknown, "an event of kind %d was not asked for", n.Kind)
	case !isHex(n.ID) || !isHex(n.Author):
		return nil, ingest.Dropf(ingest.ReasonField, "the note's id or author is not 64 hexadecimal digits")
	}
	return n, nil
}
