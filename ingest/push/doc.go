// Package push takes posts over HTTP from whoever has them: POST /v1/posts, a post a line or a JSON array.
//
//	push.go      Source: listen, serve until told to stop
//	config.go    Config; why not to listen to everybody
//	handler.go   one request: may it, can it be read, is it safe
//	pace.go      how fast posts may come
//	body.go      a body to posts and drops
package push
