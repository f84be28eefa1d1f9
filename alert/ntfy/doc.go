// Package ntfy tells the subscribers of an ntfy topic of outages, on ntfy.sh or a server of one's own.
//
//	ntfy.go     Config, New
//	message.go  Message: an event as a push message
package ntfy
