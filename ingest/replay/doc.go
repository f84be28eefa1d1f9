// Package replay reads posts from files and from standard input, in any known wire format, found by looking.
//
//	replay.go     Source: files in, batches out
//	config.go     Config
//	open.go       files and standard input, uncompressed
//	archive.go    the files of a tar archive as one text
//	pump.go       standard input that can be left waiting
//	splitter.go   one message after another out of a stream
//	element.go    messages that are no lines: elements of arrays, indented documents
//	value.go      where a JSON value ends, over any number of pieces
//	decode.go     one message to posts: sieve, look, decode, count
//	cursor.go     where to resume
package replay
