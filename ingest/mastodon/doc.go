// Package mastodon reads posts of Mastodon and of servers that speak its API: live from the timelines of tags on many servers, or
// from the streams of tags on one, and from what was recorded of either.
//
//	format.go   Format: streaming messages, captured event streams, statuses from the REST API
//	status.go   one status to a post
//	source.go   Source: what was read, where to go on, one post through many servers
//	config.go   Config, DefaultServers
//	poll.go     asking all servers again and again
//	stream.go   listening to one server with a user's token
//	socket.go   the streams of all tags on one WebSocket
//	sse.go      a server-sent stream for each tag
//	server.go   one server: its timelines, its limits, its failures
//	page.go     a page of a timeline
package mastodon
