package version

import (
	"runtime/debug"
	"strings"
)

// The linker sets this in builds that have no version control at hand:
//
//	go build -ldflags "-X github.com/outcry/outcry/internal/version.stamped=v1.2.3"
var stamped string

// Unknown stands for what the build did not record.
const Unknown = "unknown"

// Info describes one build.
type Info struct {
	// Version is a release ("v1.2.3"), a version derived from the commit, or "devel".
	Version string `json:"version"`
	// Commit is the revision, at most 12 characters, with "-dirty" if the tree had changes; Unknown if not recorded.
	Commit string `json:"commit"`
	// Go is the toolchain: "go1.26.0".
	Go string `json:"go"`
}

// Get describes the running program.
func Get() Info {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		build = &debug.BuildInfo{GoVersion: Unknown}
	}
	return From(build, stamped)
}

// From describes a build: stamp, if there is one, goes before the version that the toolchain recorded.
func From(build *debug.BuildInfo, stamp string) Info {
	info := Info{Version: stamp, Commit: Unknown, Go: build.GoVersion}
	if info.Version == "" {
		info.Version = strings.Trim(build.Main.Version, "()")
	}
	if info.Version == "" {
		info.Version = "devel"
	}
	dirty := false
	for _, setting := range build.Settings {
		switch setting.Key {
		case "vcs.revision":
			info.Commit = setting.Value[:min(len(setting.Value), 12)]
		case "vcs.modified":
			dirty = setting.Value == "true"
		}
	}
	if dirty && info.Commit != Unknown {
		info.Commit += "-dirty"
	}
	return info
}

// String gives one line for people: "outcry v1.2.3 (commit 0123456789ab, go1.26.0)".
func (i Info) String() string {
	return "outcry " + i.Version + " (commit " + i.Commit + ", " + i.Go + ")"
}

// UserAgent names the program to the servers that it asks: "outcry/v1.2.3".
func (i Info) UserAgent() string { return "outcry/" + i.Version }
