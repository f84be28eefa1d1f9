// Package ingesttest is the exam that every ingest.Source passes: posts in order, one batch at a time, a cursor only for
// what is safe, everything again after a failure at whatever byte the connection is cut, no running ahead of a slow sink, no
// stumbling over messages that cannot be read, no time carried away by one broken clock, and an end at once when told to stop. In the
// end, a hundred faults of the network, the log and the process change nothing of what is counted.
//
//	exam.go      Subject, Upstream, Examine: what a source must bring to the exam, and the list of questions
//	questions.go the questions about one thing each
//	faults.go    the questions about a hundred faults, a burst and a broken clock, through a Funnel
//	wire.go      Wire: the network, on which connections break, fall silent and say something else
//	ledger.go    the sink that writes down and judges what a source does
//	format.go    Format: what a format promises of any message, for fuzz targets
//	book.go      the log that counts as whoever counts mentions does
package ingesttest
