// Package canonical reads posts in outcry's own form: one JSON object a line, with the fields of event.Post.
//
//	format.go   Format: the wire format
package canonical
