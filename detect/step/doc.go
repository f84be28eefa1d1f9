// Package step moves one service through the phases of an outage, with hysteresis: it takes more to enter a phase than to
// stay in it. It is pure and knows neither statistics nor other services.
//
//	machine.go   Machine: quiet, suspected, confirmed, recovering, resolved
//	onset.go     Onset: when it began, estimated backwards
package step
