// Package telegram tells a Telegram chat of outages, through a bot.
//
//	telegram.go  Config, New, and what Telegram's refusals mean
//	message.go   Message: an event as a message, in Telegram's HTML
package telegram
