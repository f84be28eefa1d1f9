// Package nats keeps the log of outcry on NATS JetStream, in a cluster, a single server or the one that runs in this process.
//
// Four streams are the truth: MENTIONS, READINGS, OUTAGES and DEADLETTERS; the bucket CURSORS remembers how far sources
// have been read, and the stream SOURCES how they fare. Readers of the two inner logs get the records of a stream in its order, without a gap, and again
// until they have taken them over.
//
//	config.go       Config: where the server is, who we are, how long things are kept
//	open.go         Open, Probe, Log, Ping, Close: the connection
//	streams.go      the streams, made and kept as configured
//	publish.go      asynchronous publishing with a bounded number of messages in flight
//	mentions.go     Append, ConsumeMentions, ReadMentions: packs and marks
//	readings.go     PublishReadings, ConsumeReadings, ReadReadings: readings and ticks
//	codec.go        the bodies of the inner logs' messages, and whose fault it is when one cannot be read
//	encode.go       mentions as JSON, without reflection
//	decode.go       and back
//	follow.go       follower: a durable reader with a hot standby, in order, at least once
//	batch.go        batch: what a follower hands over at once
//	tail.go         WatchReadings, WatchMarks: for those who show
//	behind.go       Behind: how far consumers are behind
//	read.go         reading a part of a stream once, without acknowledging
//	outages.go      PublishOutage, Outages, ConsumeOutages: the public events
//	again.go        LookAtOutages, StartOutages: events that come again at a time, and where a new reader begins
//	sources.go      PublishSource, Sources, WatchSources, ForgetSource: how each source fares
//	subscribe.go    Subscribe: what others publish on a subject of theirs
//	watch.go        WatchOutages, WatchAllOutages
//	known.go        which events the stream already holds
//	deadletters.go  DeadLetter, Letters, ForgetLetter: notices that could not be delivered
//	notes.go        Notes: buckets of what notifiers and people want remembered
//	loudness.go     ReadingsOf: what was heard of one service
//	cursors.go      Cursor, SaveCursor
//	token.go        any name as a token of a subject or a key
//	errors.go       what an operator can do about an error
//	metrics.go      what is counted
package nats
