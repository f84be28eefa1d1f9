package redis

import (
	"context"
	"fmt"

	goredis "github.com/redis/go-redis/v9"
	"go.uber.org/zap"
)

// logTo sends the client library's own log, which otherwise goes to standard error, into log. The library keeps one log for the
// whole process.
func logTo(log *zap.Logger) { goredis.SetLogger(logger{log.Named("go-redis")}) }

type logger struct{ log *zap.Logger }

// Printf implements the library's logger. It never gets commands or credentials, only addresses and errors.
func (l logger) Printf(_ context.Context, format string, v ...any) {
	l.log.Debug("go-redis", zap.String("says", fmt.Sprintf(format, v...)))
}
