package lines

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// ErrEnded says that the other side ended the stream.
var ErrEnded = errors.New("the stream ended")

// Reader cuts a stream into lines.
type Reader struct {
	buf   *bufio.Reader
	limit int
}

// NewReader makes a reader of lines of at most limit bytes.
func NewReader(r io.Reader, limit int) *Reader {
	return &Reader{buf: bufio.NewReaderSize(r, 32<<10), limit: limit}
}

// Next gives the next whole line without its end; it is the caller's to keep. What stands after the last end of line when the
// stream breaks is half a message, and lost with the connection. Of a line that is too long the beginning is given, which no
// format can read, so that it is counted. At the end of the stream it fails with ErrEnded.
func (r *Reader) Next() ([]byte, error) {
	var line []byte
	for {
		part, err := r.buf.ReadSlice('\n')
		if room := r.limit - len(line); room > 0 {
			line = append(line, part[:min(len(part), room)]...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return nil, ErrEnded
		case err != nil:
			return nil, err
		}
		return bytes.TrimSpace(line), nil
	}
}
