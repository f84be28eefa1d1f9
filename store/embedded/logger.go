package embedded

import (
	"fmt"
	"strings"
	"sync"

	"go.uber.org/zap"
)

// bridge writes the server's log into ours, and keeps the first fatal line, with which the server would end the process
// if it could.
type bridge struct {
	log *zap.Logger

	mu    sync.Mutex
	fatal string
}

// Noticef implements the server's Logger. What a server notices (its name, its banner) is of no interest to our users.
func (b *bridge) Noticef(format string, v ...any) { b.write(b.log.Debug, format, v) }

// Warnf implements the server's Logger.
func (b *bridge) Warnf(format string, v ...any) { b.write(b.log.Warn, format, v) }

// Errorf implements the server's Logger.
func (b *bridge) Errorf(format string, v ...any) { b.write(b.log.Error, format, v) }

// Debugf implements the server's Logger.
func (b *bridge) Debugf(format string, v ...any) { b.write(b.log.Debug, format, v) }

// Tracef implements the server's Logger. Traces would hold the messages themselves, so they are left out.
func (b *bridge) Tracef(string, ...any) {}

// Fatalf implements the server's Logger.
func (b *bridge) Fatalf(format string, v ...any) {
	b.mu.Lock()
	if b.fatal == "" {
		b.fatal = fmt.Sprintf(format, v...)
	}
	b.mu.Unlock()
	b.write(b.log.Error, format, v)
}

func (b *bridge) write(level func(string, ...zap.Field), format string, v []any) {
	level("nats-server", zap.String("says", strings.TrimSpace(fmt.Sprintf(format, v...))))
}

// died returns the first fatal line, or "".
func (b *bridge) died() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.fatal
}
