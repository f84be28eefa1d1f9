// Package email tells people of outages by e-mail, through an SMTP server.
//
//	email.go    Config, Notifier: sending one mail
//	message.go  an event as a mail: text, and the same as HTML
//	fault.go    what the answers of an SMTP server mean
package email
