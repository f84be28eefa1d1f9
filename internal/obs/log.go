package obs

import (
	"fmt"
	"io"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"golang.org/x/term"
)

// Formats of log lines.
const (
	FormatAuto    = "auto"    // console on a terminal, JSON elsewhere
	FormatConsole = "console" // for people
	FormatJSON    = "json"    // one object a line
)

// LogConfig is how to log. The zero value logs from level info in FormatAuto.
type LogConfig struct {
	// Level is the lowest level that is written: debug, info, warn or error. Empty: info.
	Level string `yaml:"level"`
	// Format is one of the Format constants. Empty: auto.
	Format string `yaml:"format"`
}

// Check finds a level or a format that does not exist.
func (c LogConfig) Check() error {
	_, err := NewLogger(c, io.Discard)
	return err
}

// NewLogger makes a logger that writes to w. It fails only on a level or a format that does not exist.
func NewLogger(cfg LogConfig, w io.Writer) (*zap.Logger, error) {
	level, err := parseLevel(cfg.Level)
	if err != nil {
		return nil, err
	}
	encoder, err := newEncoder(cfg.Format, IsTerminal(w))
	if err != nil {
		return nil, err
	}
	core := zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(w)), level)
	return zap.New(core, zap.ErrorOutput(zapcore.Lock(zapcore.AddSync(w)))), nil
}

// IsTerminal reports whether w is a terminal, at which a person can be supposed.
func IsTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func parseLevel(text string) (zapcore.Level, error) {
	switch text {
	case "":
		return zapcore.InfoLevel, nil
	case "debug", "info", "warn", "error":
		return zapcore.ParseLevel(text)
	}
	return 0, fmt.Errorf("log level %q does not exist; use debug, info, warn or error", text)
}

func newEncoder(format string, terminal bool) (zapcore.Encoder, error) {
	if format == "" || format == FormatAuto {
		format = FormatJSON
		if terminal {
			format = FormatConsole
		}
	}
	switch format {
	case FormatConsole:
		return zapcore.NewConsoleEncoder(consoleLayout(terminal)), nil
	case FormatJSON:
		return zapcore.NewJSONEncoder(jsonLayout()), nil
	}
	return nil, fmt.Errorf("log format %q does not exist; use auto, console or json", format)
}

func jsonLayout() zapcore.EncoderConfig {
	layout := zap.NewProductionEncoderConfig()
	layout.TimeKey = "time"
	layout.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	layout.EncodeDuration = zapcore.StringDurationEncoder
	return layout
}

func consoleLayout(colour bool) zapcore.EncoderConfig {
	layout := zap.NewDevelopmentEncoderConfig()
	layout.EncodeTime = zapcore.TimeEncoderOfLayout("15:04:05")
	layout.EncodeLevel = zapcore.CapitalLevelEncoder
	if colour {
		layout.EncodeLevel = zapcore.CapitalColorLevelEncoder
	}
	layout.ConsoleSeparator = "  "
	return layout
}
