// Package e2e holds no program: its tests run the outcry program as its users do, as a process of its own, on servers of
// their own, and look at it from outside.
//
//	main_test.go      builds the program once; processes, ports, patience
//	newcomer_test.go  what is tried first: the demo, and a start where nobody can be heard
//	house_test.go     an `outcry run` and how to feed, ask and end it
//	events_test.go    the posts of made-up evenings and the events that are told of them
//	servers_test.go   redis-server and nats-server with passwords
//	faults_test.go    the same events whatever fails in the middle: a server, a process, the view
//	stop_test.go      an end that was asked for
//	outside_test.go   a subscriber and a receiver of webhooks that are not ours (folder npm)
//	mail_test.go      a mail server that is not ours (folder npm), and a proxy that nobody may use
//	bluesky_test.go   a stream of Bluesky that breaks off and is resumed
//	samples_test.go   real messages and real posts
//	storm_test.go     a real storm in nine windows of real posts
//	order_test.go     the same events whatever the order, the repeats and the batches
//	strange_test.go   lines that no source should send
//	starts_test.go    starts that must fail and say what to do next; what must never be written anywhere
//	bench_test.go     how fast a file is replayed
//	burst_test.go     what fifty times as many posts as usual do to memory and lag
//
// The tests need redis-server, node and npm on the path; nats-server is built from its Go module.
package e2e
