// Package bluesky reads Bluesky's public stream, Jetstream.
//
//	format.go      Jetstream: the wire format, versions 1 and 2
//	bluesky.go     Source: connect, resume, notice silence, take the next endpoint
//	dictionary.go  one endpoint, and the zstd dictionary with which it compresses
//	notices.go     what version 2 says about the stream itself
//	batcher.go     messages into batches
//	config.go      Config, and the addresses that it makes
package bluesky
