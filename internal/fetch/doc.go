// Package fetch asks other people's servers for small things over HTTP: with a bound on time and size, without being led into
// the private network, and with errors that name the host only and say how long the server wants to be left alone.
//
//	client.go   NewClient: the guarded client
//	guard.go    Guard: which addresses may be called
//	get.go      Do: one request, one bounded answer
//	status.go   StatusError, Wait: what an answer other than yes means, and how long to wait after it
//	later.go    Later: an error that carries that time
//	label.go    Label: an address without what may be secret in it
package fetch
