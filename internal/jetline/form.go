package jetline

import (
	"bytes"
	"strings"
)

// piece is a part of a line that is always the same, and how many bytes of an id or a time follow it.
type piece struct {
	text string
	rest int
}

// form is how a part of a line is written: its pieces, how long it is and how many quotes stand in it.
type form struct {
	pieces      []piece
	len, quotes int
}

// formOf is the form that is made of pieces.
func formOf(pieces []piece) form {
	f := form{pieces: pieces}
	for _, p := range pieces {
		f.len += len(p.text) + p.rest
		f.quotes += strings.Count(p.text, `"`)
	}
	return f
}

// begins reports whether b begins as the form says, and no id has a quote or an escape.
func (f *form) begins(b []byte) bool {
	if len(b) < f.len {
		return false
	}
	i := 0
	for k := range f.pieces {
		p := &f.pieces[k]
		if string(b[i:i+len(p.text)]) != p.text {
			return false
		}
		i += len(p.text) + p.rest
	}
	return bytes.Count(b[:f.len], []byte{'"'}) == f.quotes && bytes.IndexByte(b[:f.len], '\\') < 0
}
