// Package secret holds values that must never be printed: tokens, passwords, signing keys, and addresses that are
// themselves credentials. Whatever formats or encodes one of them writes a mask; only Reveal gives the value.
//
//	string.go  String: a secret text
//	url.go     URL: an address of which only scheme and host may be seen; Redact and CleanError for text and errors
package secret
