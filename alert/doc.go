// Package alert tells receivers of outages: each at least once, in order, with a key by which repeats can be folded.
//
// A Notifier can tell one receiver, once. A Desk stands in front of each Notifier and does for all of them what none
// should do for itself: it decides whether this receiver is told, keeps to the receiver's pace, retries, and gives up
// after a bound so that one receiver's fault never holds back what comes after it for ever. Each kind of receiver has
// a folder of its own, named after it; alerttest holds the exam that all receivers reached over HTTP must pass.
//
//	notifier.go   Notifier, Notice: what a receiver is told, and by whom
//	errors.go     Permanent, RetryAfter: how a Notifier says whether it makes sense to try again
//	decide.go     Decide: whether a receiver is told of an event, with a named reason
//	damp.go       Said: how an outage is damped that flaps, or grows by small steps
//	route.go      Routes: which receivers an outage is for
//	window.go     Window: times of the week in which a route holds
//	silence.go    Silence, Ack: what people do not want to hear of, and what they have taken over
//	people.go     People: how silences, acks and escalations bear on a decision
//	ledger.go     Ledger: what is known in this process of what people want and do
//	fallback.go   Fallback: who is told of a notice that could not be delivered
//	desk.go       Desk: the edge of one durable consumer: decide, deliver, remember
//	look.go       Look: what was kept back is told once nothing is in its way any more
//	aside.go      what is told although nothing is new in the log: reminders, and who has taken an outage over
//	receipts.go   Receipts: what was told, beyond the end of a process
//	deliver.go    how the Desk delivers one notice: pace, attempts, the bound, the dead letter
//	circuit.go    what is known of a receiver that fails: since when, and when it may be tried again
//	metrics.go    Metrics
//	endpoint.go   Endpoint: a receiver over HTTP, reached only at public addresses and without redirects
//	post.go       Endpoint.Post: one request, its answer sorted into delivered, temporary and permanent
//	poster.go     Poster: the Notifier of receivers that take each notice as one request
//	fault.go      why a request got no answer, in words that hold no secret
//	words.go      Words: the sentences that all notifiers share
//	tongue.go     Languages, Speak: those sentences from the table of a language; tongue_lines.go is part of it
//	english.go italian.go spanish.go portuguese.go french.go german.go   the tables
//	facts.go      what the sentences of any language choose from: which services, countries and symptoms to name
//	clean.go      Clean, CleanURL: strangers' text and addresses made fit to show
package alert
