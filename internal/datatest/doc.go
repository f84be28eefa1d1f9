// Package datatest finds the real data that tests read: recordings, archives and benchmarks that other people made, and that are not
// part of the project. path.go has Path.
package datatest
