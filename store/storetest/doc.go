// Package storetest holds the exams that every store must pass, in every deployment, and the servers to hold them with.
//
//	view.go     View, ExamView: groups of hashes with a position
//	log.go      Log, LogServer, ExamLog: the exams of the log, in one list
//	append.go   exams of writing: order, folding, sizes
//	follow.go   exams of reading: refusals, stand-by, restarts
//	trouble.go  exams of reading while others fail: cuts, slowness, deletions, floods
//	outages.go  exams of the public events
//	again.go    exams of where readers begin, and of events that come again
//	world.go    made-up mentions, readings and events
//	poll.go     waiting for what must come true
//	process.go  servers as processes of their own
//	ports.go    ports that no other test has
//	natsd.go    nats-server, built from its Go module
//	redisd.go   redis-server: alone, as a cluster, watched by Sentinel
//	certs.go    certificates of an authority made for one test
package storetest
