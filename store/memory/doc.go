// Package memory keeps the view of the log in this process's memory: groups of hashes with a position in the stream.
// It serves replays and backtests, which need no view that outlives them.
//
//	view.go  View: Load, Apply
package memory
