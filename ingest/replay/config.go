package replay

import (
	"errors"
	"io"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/preset"
)

// Limits that hold where Config says nothing.
const (
	DefaultMaxLine   = 8 << 20
	DefaultBatchSize = 512
	// messagesPerPost bounds a batch in which few posts are relevant: BatchSize times so many messages.
	messagesPerPost = 32
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Config says what to replay and how.
type Config struct {
	// Name is the source's name; empty: "replay".
	Name string
	// Paths are files, in the order in which they are read; "-" is standard input. Files may be
	// compressed (gzip, zstd, bzip2) and tar archives of such.
	Paths []string
	// Stdin is read for the path "-".
	Stdin io.Reader
	// Formats are tried in this order on messages that do not look like the one before.
	Formats []ingest.Format
	// Sieve tells what need not be decoded; nil: everything is.
	Sieve ingest.Sieve
	// MaxLine is the longest message in bytes; longer ones are dropped. 0: DefaultMaxLine.
	MaxLine int
	// BatchSize is how many posts make a batch. 0: DefaultBatchSize.
	BatchSize int
	// Progress is told after every batch how many bytes of the files (as stored) have been read, of how many (0: unknown),
	// and how many posts were seen.
	Progress func(bytesRead, bytesTotal int64, posts int)
	// OnDrop is told of everything that is dropped: the file, the line on which the message begins, and why.
	OnDrop func(path string, line int, err error)
}

func (c *Config) check() error {
	switch {
	case len(c.Paths) == 0:
		return errors.New("nothing to replay: name at least one file, or - for standard input")
	case len(c.Formats) == 0:
		return errors.New("replay needs at least one wire format")
	}
	stdins := 0
	for _, p := range c.Paths {
		if p == Stdin {
			stdins++
		}
	}
	if stdins > 1 {
		return errors.New("standard input (-) can be replayed only once")
	}
	if stdins == 1 && c.Stdin == nil {
		return errors.New("the path - was given, but there is no standard input")
	}
	return nil
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = "replay"
	}
	preset.Positive(&c.MaxLine, DefaultMaxLine)
	preset.Positive(&c.BatchSize, DefaultBatchSize)
}
