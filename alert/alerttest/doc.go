// Package alerttest examines notifiers: one exam for all whose receivers are reached over HTTP, and the events to show.
//
//	exam.go      HTTP: the exam, as a list of its parts
//	answers.go   every answer that a receiver can give: delivered, permanent or temporary
//	faults.go    every way in which there is no answer: silence, broken connections, addresses that may not be called
//	tls.go       receivers that cannot prove who they are, or speak no TLS
//	desk.go      the notifier behind a Desk: what is logged and what is kept as a dead letter
//	secrets.go   that no secret comes out, in whatever spelling
//	receiver.go  the receivers of the exam: servers that answer, stall, break off or redirect
//	events.go    Lives: whole lives of outages, event by event
//	strange.go   Strange: an event full of strangers' text, for fuzzing
//	golden.go    Golden, Indent: what was made, held against a file
package alerttest
