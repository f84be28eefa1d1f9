// Package obs makes what the rest of the program is observed with. Nothing in it is global: the loggers and the
// registry that it makes are handed to whoever needs them.
//
//	log.go      LogConfig, NewLogger: zap, readable on a terminal and JSON elsewhere
//	metrics.go  NewRegistry: a Prometheus registry that already knows the Go runtime, the process and the build
package obs
