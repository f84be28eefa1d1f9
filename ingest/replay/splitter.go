package replay

import (
	"bytes"
	"errors"
	"io"
)

// errTooLong says that a message was longer than the limit. It was skipped, and reading goes on.
var errTooLong = errors.New("longer than the limit")

// errCut says that an array ended in the middle. What was left of its line was skipped, and reading goes on.
var errCut = errors.New("a JSON array that does not end")

const (
	firstBuffer   = 256 << 10
	byteOrderMark = "\uFEFF"
)

// mode is how the next message is found.
type mode byte

const (
	// inLines: a line, a message.
	inLines mode = 'l'
	// atStart: as inLines, but a JSON document over many lines may begin here too.
	atStart mode = 's'
	// inArray: the next element of an array on one line.
	inArray mode = 'a'
	// inDocument: the next element of an array over many lines.
	inDocument mode = 'd'
)

// splitter cuts a stream into messages without copying them. A message is a line, or an element of a JSON array, or an
// indented JSON object at the beginning of the stream.
type splitter struct {
	src  io.Reader
	buf  []byte
	r, w int
	err  error
	max  int
	mode mode
	// offset is that of buf[r] in the stream; line is the number of the line that buf[r] is in, from 1.
	offset int64
	line   int
	// at is the line on which the message given last began.
	at int
}

func newSplitter(src io.Reader, longest int) *splitter {
	return &splitter{src: src, buf: make([]byte, min(firstBuffer, longest+2)), max: longest, mode: atStart, line: 1}
}

// next gives the next message, valid until the next call; io.EOF after the last one.
func (s *splitter) next() ([]byte, error) {
	if s.offset == 0 {
		s.skipByteOrderMark()
	}
	for {
		if s.mode == inArray || s.mode == inDocument {
			message, ended, err := s.element()
			if !ended {
				return message, err
			}
			continue
		}
		c, err := s.peek()
		if err != nil {
			return nil, err
		}
		s.at = s.line
		switch {
		case c == '[':
			s.consume(1)
			if s.mode == atStart {
				s.mode = inDocument
			} else {
				s.mode = inArray
			}
		case c == '{' && s.mode == atStart && s.indented():
			return s.value()
		default:
			return s.readLine()
		}
	}
}

// skipByteOrderMark skips the mark that some editors put before UTF-8.
func (s *splitter) skipByteOrderMark() {
	for s.w-s.r < len(byteOrderMark) && s.fill() {
		continue
	}
	if bytes.HasPrefix(s.buf[s.r:s.w], []byte(byteOrderMark)) {
		s.consume(len(byteOrderMark))
	}
}

// fill reads more into the buffer, which grows up to the limit; false: no more room or no more to read.
func (s *splitter) fill() bool {
	if s.err != nil {
		return false
	}
	if s.r > 0 && s.w == len(s.buf) {
		copy(s.buf, s.buf[s.r:s.w])
		s.w -= s.r
		s.r = 0
	}
	if s.w == len(s.buf) {
		if len(s.buf) >= s.max+2 {
			return false
		}
		grown := make([]byte, min(2*len(s.buf), s.max+2))
		copy(grown, s.buf[:s.w])
		s.buf = grown
	}
	for range 100 {
		n, err := s.src.Read(s.buf[s.w:])
		s.w += n
		s.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// consume moves on over n bytes of the buffer that hold no line break.
func (s *splitter) consume(n int) {
	s.r += n
	s.offset += int64(n)
}

// consumeLines moves on over n bytes and counts the line breaks in them.
func (s *splitter) consumeLines(n int) {
	s.line += bytes.Count(s.buf[s.r:s.r+n], []byte{'\n'})
	s.consume(n)
}

// peek skips white space and blank lines and gives the next byte.
func (s *splitter) peek() (byte, error) {
	for {
		for s.r < s.w {
			c := s.buf[s.r]
			switch c {
			case '\n':
				s.line++
			case ' ', '\t', '\r':
			default:
				return c, nil
			}
			s.consume(1)
		}
		if !s.fill() {
			return 0, s.err
		}
	}
}

// readLine gives the rest of the line without its end.
func (s *splitter) readLine() ([]byte, error) {
	s.mode = inLines
	for seen := 0; ; {
		if n := bytes.IndexByte(s.buf[s.r+seen:s.w], '\n'); n >= 0 {
			n += seen
			line := s.buf[s.r : s.r+n]
			s.consume(n + 1)
			s.line++
			return s.limited(bytes.TrimRight(line, "\r"))
		}
		seen = s.w - s.r
		if seen > s.max {
			return nil, s.skipLine()
		}
		if !s.fill() {
			line := s.buf[s.r:s.w]
			s.consume(len(line))
			if !errors.Is(s.err, io.EOF) {
				return nil, s.err
			}
			return s.limited(bytes.TrimRight(line, "\r"))
		}
	}
}

func (s *splitter) limited(message []byte) ([]byte, error) {
	if len(message) > s.max {
		return nil, errTooLong
	}
	return message, nil
}

// skipLine moves past the end of a line that is too long to be held.
func (s *splitter) skipLine() error {
	for {
		if n := bytes.IndexByte(s.buf[s.r:s.w], '\n'); n >= 0 {
			s.consume(n + 1)
			s.line++
			return errTooLong
		}
		s.consume(s.w - s.r)
		if !s.fill() {
			if !errors.Is(s.err, io.EOF) {
				return s.err
			}
			return errTooLong
		}
	}
}

// indented reports whether the object that begins here is spread over lines, rather than a line that was cut off.
// An indented object's first line ends in the middle of its structure, and its second does not begin another object.
func (s *splitter) indented() bool {
	for seen := 0; ; {
		if n := bytes.IndexByte(s.buf[s.r+seen:s.w], '\n'); n >= 0 {
			end := s.r + seen + n
			if end+1 == s.w && !s.fillKeeping(&end) {
				return false
			}
			return looksIndented(bytes.TrimRight(s.buf[s.r:end], " \t\r"), s.buf[end+1])
		}
		if seen = s.w - s.r; seen > firstBuffer || !s.fill() {
			return false
		}
	}
}

// fillKeeping reads more and moves the index with what it points at.
func (s *splitter) fillKeeping(index *int) bool {
	before := s.r
	ok := s.fill()
	*index += s.r - before
	return ok
}

func looksIndented(first []byte, second byte) bool {
	switch first[len(first)-1] {
	case '[':
		return true
	case '{', ',', ':':
		return second != '{'
	}
	return false
}
