// Package jetline knows how the lines of Bluesky's Jetstream are written that hold a new post: nearly all of a stream's lines are written
// so, and much can be told of them without walking through their JSON.
//
//	head.go    Begins, and what stands in the beginning
//	reply.go   Reply, which posts are answered
//	form.go    how a part of a line is written
package jetline
