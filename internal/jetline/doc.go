// Package jetline knows how the lines of Bluesky's Jetstream are written that hold a new post, a like, a repost or a follow: nearly all of a
// stream's lines are written so, and much can be told of them without walking through their JSON.
//
//	head.go      Begins, and what stands in the beginning
//	reply.go     Reply, which posts are answered
//	wordless.go  Wordless: likes, reposts, follows and blocks
//	form.go      how a part of a line is written
package jetline
