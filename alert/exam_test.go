package alert_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryNotifierIsExamined finds the notifiers over HTTP that do not sit the exam.
func TestEveryNotifierIsExamined(t *testing.T) {
	t.Parallel()
	sources, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	needs, sits := map[string]bool{}, map[string]bool{}
	for _, path := range sources {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Dir(path)
		if strings.HasSuffix(path, "_test.go") {
			sits[folder] = sits[folder] || strings.Contains(string(text), "alerttest.HTTP(")
			continue
		}
		needs[folder] = needs[folder] || strings.Contains(string(text), "alert.EndpointConfig")
	}
	delete(needs, "alerttest")
	examined := 0
	for folder, need := range needs {
		if need && !sits[folder] {
			t.Errorf("%s: nothing calls alerttest.HTTP", folder)
		}
		if need {
			examined++
		}
	}
	if examined < 8 {
		t.Errorf("only %d notifiers were found; want at least the eight there were", examined)
	}
}
