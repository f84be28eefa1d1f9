package deploy_test

import (
	"os"
	"strings"
	"testing"
)

func TestUnit(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("systemd/outcry.service")
	if err != nil {
		t.Fatal(err)
	}
	section, got := "", map[string]string{}
	for number, line := range strings.Split(string(raw), "\n") {
		switch {
		case line == "", strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = line
		default:
			key, value, ok := strings.Cut(line, "=")
			if !ok || section == "" {
				t.Errorf("line %d is no setting: %q", number+1, line)
			}
			got[section+key] = value
		}
	}
	want := map[string]string{
		"[Service]ExecStart":       "/usr/local/bin/outcry run",
		"[Service]DynamicUser":     "yes",
		"[Service]ProtectSystem":   "strict",
		"[Service]NoNewPrivileges": "yes",
		"[Service]Restart":         "always",

		"[Unit]StartLimitIntervalSec":       "0",
		"[Service]RestartPreventExitStatus": "2",
		"[Service]Environment":              "OUTCRY_DATA=/var/lib/outcry",
		"[Service]StateDirectory":           "outcry",
		"[Install]WantedBy":                 "multi-user.target",
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s is %q, want %q", key, got[key], value)
		}
	}
}
