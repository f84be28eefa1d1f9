// Package terminal shows notices to a person at a terminal: a block an event, or one line an event.
//
//	terminal.go  Config, Notifier
//	render.go    Block, OneLine: an event as text, with or without colour
package terminal
