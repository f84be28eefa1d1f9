package redis

import (
	"fmt"
	"strconv"
	"strings"
)

// Bounds of a change. Above onePiece elements it travels in pieces of about pieceSize, because what a script gets in its
// arguments is held in memory several times over.
const (
	onePiece  = 40_000
	pieceSize = 10_000
	onePieceB = 8 << 20
)

// change is a change as the scripts read it, in pieces that can each be read by themselves.
type change struct {
	pieces [][]any
	size   int
	bytes  int
}

// newChange brings what is to be deleted and then written into the form that the scripts read.
func newChange(set map[string]map[string][]byte, del map[string][]string) (*change, error) {
	var c change
	for key, fields := range del {
		if err := checkKey(key); err != nil {
			return nil, err
		}
		if fields == nil {
			c.add(key, -1, nil, nil)
			continue
		}
		for len(fields) > 0 {
			n := min(len(fields), pieceSize)
			c.add(key, n, fields[:n], nil)
			fields = fields[n:]
		}
	}
	for key, fields := range set {
		if err := checkKey(key); err != nil {
			return nil, err
		}
		pairs := make([]any, 0, 2*min(len(fields), pieceSize/2))
		for field, value := range fields {
			pairs = append(pairs, field, value)
			c.bytes += len(field) + len(value)
			if len(pairs) >= pieceSize {
				c.add(key, 0, nil, pairs)
				pairs = make([]any, 0, cap(pairs))
			}
		}
		if len(pairs) > 0 {
			c.add(key, 0, nil, pairs)
		}
	}
	return &c, nil
}

// add puts the change of one key into the last piece, or into a new one if that is full.
func (c *change) add(key string, gone int, fields []string, pairs []any) {
	n := 3 + len(fields) + len(pairs)
	if len(c.pieces) == 0 || len(c.pieces[len(c.pieces)-1])+n > 2*pieceSize {
		c.pieces = append(c.pieces, nil)
	}
	last := &c.pieces[len(c.pieces)-1]
	*last = append(*last, key, strconv.Itoa(gone), strconv.Itoa(len(pairs)/2))
	for _, field := range fields {
		*last = append(*last, field)
		c.bytes += len(field)
	}
	*last = append(*last, pairs...)
	c.size += n
}

// large reports whether the change must travel in pieces.
func (c *change) large() bool { return c.size > onePiece || c.bytes > onePieceB }

// reserved begins the names of our own keys in a group.
const reserved = "@"

func checkKey(key string) error {
	if key == "" || strings.HasPrefix(key, reserved) {
		return fmt.Errorf("%q cannot be a key: it must not be empty nor begin with %s", key, reserved)
	}
	return nil
}

// checkGroup refuses names that would break the hash tag which keeps a group in one slot.
func checkGroup(group string) error {
	if group == "" || strings.ContainsAny(group, "{}") {
		return fmt.Errorf("%q cannot be a group: it must not be empty nor hold { or }", group)
	}
	return nil
}
