// Package jetline knows how the lines of Bluesky's Jetstream begin that hold a new post: nearly all of a stream's lines begin so, and much
// can be told of them without walking through their JSON.
//
//	head.go   Begins, and what stands in the beginning
package jetline
