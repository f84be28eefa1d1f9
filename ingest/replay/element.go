package replay

import (
	"errors"
	"io"
)

// element gives the next element of the array that the splitter is in; ended: there is none, the array is over.
func (s *splitter) element() (message []byte, ended bool, err error) {
	for {
		c, err := s.peekIn()
		if err != nil {
			return nil, false, err
		}
		switch c {
		case ',':
			s.consume(1)
			continue
		case ']':
			s.consume(1)
			s.leave()
			return nil, true, nil
		case '\n': // an array on one line ended without its bracket
			s.mode = inLines
			return nil, false, errCut
		}
		s.at = s.line
		message, err = s.value()
		return message, false, err
	}
}

// leave goes back to lines after an array, or to the start after a document.
func (s *splitter) leave() {
	if s.mode == inDocument {
		s.mode = atStart
		return
	}
	s.mode = inLines
}

// peekIn is peek inside an array: on one line, it stops at the line's end.
func (s *splitter) peekIn() (byte, error) {
	if s.mode == inDocument {
		c, err := s.peek()
		if err != nil {
			err = s.cutAtEnd()
		}
		return c, err
	}
	for {
		for ; s.r < s.w; s.consume(1) {
			if c := s.buf[s.r]; c != ' ' && c != '\t' && c != '\r' {
				return c, nil
			}
		}
		if !s.fill() {
			return 0, s.cutAtEnd()
		}
	}
}

// cutAtEnd gives the error for a stream that ends inside an array or a value. The next call then meets the end itself.
func (s *splitter) cutAtEnd() error {
	s.mode = inLines
	if errors.Is(s.err, io.EOF) {
		return errCut
	}
	return s.err
}

// value gives the JSON value that begins here, however many lines it spans.
func (s *splitter) value() ([]byte, error) {
	e := extent{oneLine: s.mode == inArray}
	for seen := 0; ; {
		end, lineAt := e.feed(s.buf[s.r+seen : s.w])
		if lineAt >= 0 {
			s.consumeLines(seen + lineAt + 1)
			s.mode = inLines
			return nil, errCut
		}
		if end == 0 && seen == 0 { // a bracket or a colon that belongs to nothing
			s.consume(1)
			return nil, errCut
		}
		if end >= 0 {
			message := s.buf[s.r : s.r+seen+end]
			s.consumeLines(len(message))
			return s.limited(message)
		}
		seen = s.w - s.r
		if seen > s.max {
			return nil, s.skipValue(&e)
		}
		if !s.fill() {
			s.consumeLines(s.w - s.r)
			return nil, s.cutAtEnd()
		}
	}
}

// skipValue moves past the end of a value that is too long to be held.
func (s *splitter) skipValue(e *extent) error {
	for {
		s.consumeLines(s.w - s.r)
		if !s.fill() {
			s.mode = inLines
			if !errors.Is(s.err, io.EOF) {
				return s.err
			}
			return errTooLong
		}
		end, lineAt := e.feed(s.buf[s.r:s.w])
		if lineAt >= 0 {
			s.consumeLines(lineAt + 1)
			s.mode = inLines
			return errTooLong
		}
		if end >= 0 {
			s.consumeLines(end)
			return errTooLong
		}
	}
}
