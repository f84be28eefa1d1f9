package version_test

import (
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/internal/version"
)

func TestFrom(t *testing.T) {
	t.Parallel()
	commit := []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef0123"}, {Key: "vcs.modified", Value: "false"}}
	dirty := []debug.BuildSetting{{Key: "vcs.modified", Value: "true"}, {Key: "vcs.revision", Value: "0123456"}}
	tests := []struct {
		name  string
		build debug.BuildInfo
		stamp string
		want  version.Info
	}{
		{"nothing recorded", debug.BuildInfo{GoVersion: "go1.26.0"}, "", version.Info{Version: "devel", Commit: "unknown", Go: "go1.26.0"}},
		{"go run", debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "", version.Info{Version: "devel", Commit: "unknown"}},
		{"release", debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: commit}, "", version.Info{Version: "v1.2.3", Commit: "0123456789ab"}},
		{"stamped", debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-2026"}, Settings: dirty}, "v2.0.0", version.Info{Version: "v2.0.0", Commit: "0123456-dirty"}},
		{"changes without a commit", debug.BuildInfo{Settings: dirty[:1]}, "", version.Info{Version: "devel", Commit: "unknown"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, version.From(&test.build, test.stamp)); diff != "" {
				t.Errorf("From (-want +got):\n%s", diff)
			}
		})
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	info := version.Info{Version: "v1.2.3", Commit: "0123456789ab", Go: "go1.26.0"}
	if got, want := info.String(), "outcry v1.2.3 (commit 0123456789ab, go1.26.0)"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
	if got, want := info.UserAgent(), "outcry/v1.2.3"; got != want {
		t.Errorf("UserAgent() = %q, want %q", got, want)
	}
	if got := version.Get(); got.Go != runtime.Version() || got.Version == "" {
		t.Errorf("Get() = %+v, want the toolchain %s and a version", got, runtime.Version())
	}
}
