package replay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/cenkalti/backoff/v5"

	"github.com/outcry/outcry/ingest"
)

// Source replays files. The same files give the same batches every time.
type Source struct {
	cfg Config
}

var _ ingest.Source = (*Source)(nil)

// New makes a source of files. It opens none of them before Read.
func New(cfg Config) (*Source, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg.setDefaults()
	return &Source{cfg: cfg}, nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// Read implements ingest.Source. The cursor is a place in the files; standard input has none and cannot be resumed. What is wrong with
// a file does not mend itself, so that every error but those of ctx and sink is a *backoff.PermanentError.
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	from, err := parsePosition(cursor, len(s.cfg.Paths))
	if err != nil {
		return backoff.Permanent(err)
	}
	r := &run{cfg: &s.cfg, sink: sink, total: sizes(s.cfg.Paths), decoder: decoder{formats: s.cfg.Formats, sieve: s.cfg.Sieve}}
	for i := from.file; i < len(s.cfg.Paths); i++ {
		if i > from.file {
			from = position{file: i, line: 1, mode: atStart}
		}
		if err := r.file(ctx, from); err != nil {
			return err
		}
	}
	if cursor == "" && r.messages > 0 && r.decoder.last == nil {
		return backoff.Permanent(fmt.Errorf("none of the %d lines of %s is in a form that is known; outcry replay --help lists those that are",
			r.messages, strings.Join(s.cfg.Paths, ", ")))
	}
	return nil
}

// run is one call of Read.
type run struct {
	cfg     *Config
	sink    ingest.Sink
	decoder decoder
	read    int64
	total   int64
	seen    int
	// messages counts what was read by this call, of whatever form.
	messages int
}

// file reads one path to its end.
func (r *run) file(ctx context.Context, from position) error {
	path := r.cfg.Paths[from.file]
	in, err := open(ctx, r.cfg, path, from.offset, &r.read)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return backoff.Permanent(err)
	}
	defer in.close()
	if r.cfg.OnDrop != nil {
		r.decoder.onDrop = func(line int, err error) { r.cfg.OnDrop(path, line, err) }
	}
	s := newSplitter(in, r.cfg.MaxLine)
	s.offset, s.line, s.mode = from.offset, from.line, from.mode
	for {
		message, err := s.next()
		switch {
		case err == nil:
			r.decoder.take(message, s.at)
		case errors.Is(err, io.EOF):
			return r.flush(ctx, r.cursor(from.file, s))
		case errors.Is(err, errTooLong):
			r.decoder.reject(s.at, ingest.ReasonTooLong, fmt.Errorf("%w of %d bytes", err, r.cfg.MaxLine))
		case errors.Is(err, errCut):
			r.decoder.reject(s.at, ingest.ReasonSyntax, err)
		default:
			return r.broken(ctx, path, from.file, s, err)
		}
		if len(r.decoder.posts) >= r.cfg.BatchSize || r.decoder.messages >= r.cfg.BatchSize*messagesPerPost {
			if err := r.flush(ctx, r.cursor(from.file, s)); err != nil {
				return err
			}
		}
	}
}

// broken hands over what was read before a file turned out to be broken, and says where that was.
func (r *run) broken(ctx context.Context, path string, file int, s *splitter, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := r.flush(ctx, r.cursor(file, s)); err != nil {
		return err
	}
	return backoff.Permanent(fmt.Errorf("read %s: it is broken or cut off after line %d: %w", path, s.line, err))
}

func (r *run) cursor(file int, s *splitter) string {
	if r.cfg.Paths[file] == Stdin {
		return ""
	}
	return position{file: file, line: s.line, offset: s.offset, mode: s.mode}.String()
}

// flush hands the batch over.
func (r *run) flush(ctx context.Context, cursor string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b := r.decoder.batch()
	b.Cursor = cursor
	r.messages += r.decoder.messages
	if r.decoder.messages > 0 {
		if err := r.sink(ctx, b); err != nil {
			return err
		}
		r.seen += b.Seen
	}
	r.decoder.reset()
	if r.cfg.Progress != nil {
		r.cfg.Progress(r.read, r.total, r.seen)
	}
	return nil
}
