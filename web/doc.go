// Package web shows what outcry hears: a dashboard, a JSON API, a stream of events, a feed, health and metrics. Whoever runs
// it feeds a Board, and hands in what people can do.
//
//	board.go     Board: the newest state of every outage, folded from events
//	tail.go      the last events in order of arrival, for streams that resume
//	pulse.go     how loud each service was in the last hour
//	sources.go   SourceState: which sources can be heard
//	server.go    Config, Deps, Server: listening, routes, graceful end
//	access.go    who may ask, and who may act: loopback, token, host names; the security headers
//	api.go       outages and sources as JSON
//	stream.go    Server-Sent Events, with resume
//	feed.go      Atom
//	health.go    healthz, readyz
//	page.go      the pages: frame, board, one outage
//	verdict.go   how things stand, in one sentence
//	report.go    an outage written up, as files to take along
//	card.go      one outage at a glance
//	details.go   its services, what fails and where, and what that rests on
//	hearing.go   which sources can be heard, and why not
//	words.go     numbers, times and roles as people read them
//	metrics.go   Metrics: what is counted
//
// static/ holds the style sheet, the script and the icon; the page works without the script, too.
package web
