package obs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/internal/version"
)

func TestLoggerWritesJSONOffTheTerminal(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"", obs.FormatAuto, obs.FormatJSON} {
		var out bytes.Buffer
		log, err := obs.NewLogger(obs.LogConfig{Format: format}, &out)
		if err != nil {
			t.Fatal(err)
		}
		log.Named("judge").Info("outage confirmed", zap.String("service", "whatsapp"), zap.Duration("took", time.Second))
		var line map[string]string
		if err := json.Unmarshal(out.Bytes(), &line); err != nil {
			t.Fatalf("format %q wrote %q: %v", format, out.String(), err)
		}
		if _, err := time.Parse(time.RFC3339Nano, line["time"]); err != nil {
			t.Errorf("the time is not RFC 3339: %v", err)
		}
		delete(line, "time")
		want := map[string]string{"level": "info", "logger": "judge", "msg": "outage confirmed", "service": "whatsapp", "took": "1s"}
		if diff := cmp.Diff(want, line); diff != "" {
			t.Errorf("format %q (-want +got):\n%s", format, diff)
		}
	}
}

func TestLoggerForPeople(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log, err := obs.NewLogger(obs.LogConfig{Format: obs.FormatConsole}, &out)
	if err != nil {
		t.Fatal(err)
	}
	log.Warn("source is blind", zap.String("source", "bluesky"))
	if got := out.String(); !strings.Contains(got, "  WARN  source is blind  {\"source\": \"bluesky\"}") {
		t.Errorf("wrote %q, want a line without colour codes", got)
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	tests := map[string]string{"": "iwe", "debug": "diwe", "info": "iwe", "warn": "we", "error": "e"}
	for level, want := range tests {
		var out bytes.Buffer
		log, err := obs.NewLogger(obs.LogConfig{Level: level, Format: obs.FormatJSON}, &out)
		if err != nil {
			t.Fatal(err)
		}
		log.Debug("d")
		log.Info("i")
		log.Warn("w")
		log.Error("e")
		got := ""
		for _, letter := range "diwe" {
			if strings.Contains(out.String(), `"msg":"`+string(letter)+`"`) {
				got += string(letter)
			}
		}
		if got != want {
			t.Errorf("level %q writes %q, want %q", level, got, want)
		}
	}
}

func TestLoggerRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		cfg  obs.LogConfig
		want string
	}{
		{obs.LogConfig{Level: "loud"}, `log level "loud" does not exist; use debug, info, warn or error`},
		{obs.LogConfig{Level: "fatal"}, `log level "fatal" does not exist; use debug, info, warn or error`},
		{obs.LogConfig{Format: "xml"}, `log format "xml" does not exist; use auto, console or json`},
	}
	for _, test := range tests {
		if _, err := obs.NewLogger(test.cfg, &bytes.Buffer{}); err == nil || err.Error() != test.want {
			t.Errorf("NewLogger(%+v) = %v, want %s", test.cfg, err, test.want)
		}
	}
}

func TestAFileIsNoTerminal(t *testing.T) {
	t.Parallel()
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if obs.IsTerminal(file) {
		t.Error("IsTerminal of a regular file is true")
	}
}

func TestRegistry(t *testing.T) {
	t.Parallel()
	registry := obs.NewRegistry(version.Info{Version: "v1.2.3", Commit: "0123456789ab", Go: "go1.26.0"})
	want := `
# HELP outcry_build_info The build that runs, as labels; the value is always 1.
# TYPE outcry_build_info gauge
outcry_build_info{commit="0123456789ab",goversion="go1.26.0",version="v1.2.3"} 1
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "outcry_build_info"); err != nil {
		t.Error(err)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, family := range families {
		found[family.GetName()] = true
	}
	for _, name := range []string{"go_goroutines", "process_cpu_seconds_total"} {
		if !found[name] {
			t.Errorf("the registry has no %s", name)
		}
	}
	// A second registry beside the first: nothing is global.
	obs.NewRegistry(version.Info{})
}
