// Package webhook tells a receiver of outages by an HTTP request signed after Standard Webhooks 1.0.0. The body is the
// CloudEvents JSON of the event, as it is in the log, or what a template makes of it.
//
//	webhook.go  Config, Notifier
//	body.go     Page: what a template writes
//	sign.go     secrets, and the headers of a signed request
package webhook
