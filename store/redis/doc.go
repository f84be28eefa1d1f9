// Package redis keeps the view of the log in Redis: groups of hashes with a position in the stream, moved in one atomic
// step. It works with a single server, Sentinel and Cluster, of version 6 or newer, and with what speaks their language.
//
// Keys, all of one group in one slot of a cluster:
//
//	outcry:{<group>}:<key>     HASH, one of the group's
//	outcry:{<group>}:@meta     HASH: position, the place in the stream; writer, who wrote it
//	outcry:{<group>}:@keys     SET of the keys that the group has
//	outcry:{<group>}:@stage:…  LIST, part of a large change on its way
//
// Every key expires. Once a quarter of that time has passed all keys of a group are renewed together, so that a group that is in
// use is kept whole, and one that is not goes as a whole.
//
//	config.go   Config: addresses, names, certificates
//	open.go     Open, Ping, Close
//	view.go     View: Load, Apply
//	encode.go   a change as arguments, in pieces
//	scripts.go  the scripts that run in Redis
//	errors.go   what an operator can do about an error
//	logger.go   the client library's log in ours
package redis
