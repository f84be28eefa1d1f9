// Package hackernews reads the stories and comments of Hacker News, which needs no key.
//
//	hackernews.go   Source: asks for the newest number, and for the items up to it
//	updates.go      which items have changed, and what they say now
//	config.go       Config
//	item.go         one item to a post
package hackernews
