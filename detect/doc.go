// Package detect turns mentions into readings and readings into outages.
//
//	watermark.go   how far event time has come over all sources
//	counter.go     Counter: folds the log of mentions, gives readings
//	judge.go       Judge: folds the log of readings, gives events
//	state.go       what the Judge knows: services, outages, the time
//	service.go     one service as the Judge sees it: score, phase, recent slots
//	tongues.go     the voices of one language among those of the world
//	tide.go        how many services are complained of at once
//	outage.go      one outage: its services and its event
//	life.go        its life, by what is left of its services' troubles
//	severity.go    how bad it is
//	evidence.go    what people said, added up
//	scope.go       how far an outage reaches
//	save.go        the Judge's state as fields of hashes
//	metrics.go     what is counted
//
// The statistics are in score/, the phases in step/, the relations in relate/, the windows in window/: all pure.
// Both loops do the same: fold records, publish what follows, then save state and position in one step, then let the log
// forget. Every step may run twice.
package detect
