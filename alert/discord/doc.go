// Package discord tells a Discord channel of outages through a webhook of the channel, one message an event.
//
//	discord.go  Config, New
//	message.go  Message: an event as an embed
//	escape.go   text made fit for Discord: nothing in it is markup, a link or a mention
package discord
