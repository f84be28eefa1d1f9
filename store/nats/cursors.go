package nats

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Cursor returns how far a source has been read; "" when that is not known.
func (l *Log) Cursor(ctx context.Context, source string) (string, error) {
	entry, err := l.cursors.Get(ctx, token(source))
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("read the cursor of %s: %w", source, err)
	}
	return string(entry.Value()), nil
}

// SaveCursor remembers how far a source has been read. It is to be called after Append has returned nil.
func (l *Log) SaveCursor(ctx context.Context, source, cursor string) error {
	if _, err := l.cursors.PutString(ctx, token(source), cursor); err != nil {
		return fmt.Errorf("save the cursor of %s: %w", source, err)
	}
	return nil
}
