package deploy_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestConfigurationIsUnderstood has the program itself read the variables that the containers are started with.
func TestConfigurationIsUnderstood(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), "go", "run", "./cmd/outcry", "check", "--offline")
	command.Dir = ".."
	command.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool { return strings.HasPrefix(entry, "OUTCRY_") })
	found := 0
	for name, value := range load(t).Services["outcry"].Environment {
		found++
		if strings.HasPrefix(name, "OUTCRY_") && value != nil {
			command.Env = append(command.Env, name+"="+*value)
		}
	}
	if found < 4 {
		t.Fatalf("%d variables are set, want those for NATS, Redis and the dashboard", found)
	}
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("outcry check --offline: %v\n%s", err, output)
	}
}
