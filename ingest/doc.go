// Package ingest turns posts into mentions: sources read posts, a Funnel matches them, publishes what speaks of a service
// and then remembers how far it has read.
//
//	source.go   Source, Batch, Sink: what a source is; Format: what a wire format is; Drop: why a line was not used
//	readable.go what all Formats check of a message and of a post
//	funnel.go   Funnel: match, publish, mark the time, remember the cursor
//	clock.go    Clock: how far a source's event time has come, outliers held back
//	claims.go   Claims: the Clock of sources to which strangers send posts
//	runner.go   Runner: keeps one source running: connect, back off, resume
//	condition.go  how a source fares: its state, its rate, its last error
//	recent.go   recent: how much of something came in the last minute
//	reporter.go Reporter: says how sources fare, to whoever asks
//	watched.go  the sink that a Runner gives to its source
//	metrics.go  what is counted
//
// One folder below this package a source; match/ has the words.
package ingest
