// Command outcry hears that an online service is down from the people who use it.
//
//	main.go       main, and how every command ends
//	commands.go   the tree of commands
//	config.go     the configuration
//	load.go       reads it: file, environment, and what is wrong with them
//	misfits.go    what in a YAML tree has no place in it
//	client.go     how commands find a running outcry
//	progress.go   how far long work has come
//	setup.go      what most commands need: catalogue, matcher, formats
//	sources.go    the sources that can be configured
//	sourceconfig.go  what an entry of sources may say
//	collect.go    the loops that keep sources running
//	notifiers.go  the notifiers that can be configured, and the routes to them
//	pipeline.go   the chain as plain calls: replay, backtest
//	house.go      the ground of the chain over NATS and Redis: run, demo
//	loops.go      what runs on that ground: collect, count, judge, alert, web
//	desks.go      the loops that tell notifiers, and what people want of them
//	picture.go    an outage as a picture or a report, from what is in the log: for notices, for the page
//	relive.go     posts that are replayed in place of a log
//	fold.go       keeps a Counter or a Judge in step with its log
//
//	people.go     ack, mute, silence, silences: what people want
//	names.go      what routes and silences can name
//	routes.go     check --route: who would be told what
//
// One file a command: backtest.go quiet.go check.go demo.go match.go notices.go notify.go outages.go replay.go report.go run.go score.go
// services.go simulate.go states.go (sources) version.go watch.go
package main
