// Package version says which build of outcry this is.
//
//	version.go  Info: version, commit and toolchain of the running program
package version
