// Package nostr listens to Nostr relays for notes with certain hashtags. It needs no key.
//
//	nostr.go    Source: all relays side by side, one note through many of them, where to go on
//	relay.go    one relay: subscribe, what it has stored, what comes
//	message.go  the messages of a relay; a note to a post
//	proof.go    whether a note is what its author signed; what authors take back
//	config.go   Config
package nostr
