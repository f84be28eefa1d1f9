// Package subscribed reads posts that are already in the operator's NATS: a post, or a post a line, in every message on a subject.
//
//	subscribed.go   Source, and Subscriber: what it needs of a messaging system
package subscribed
