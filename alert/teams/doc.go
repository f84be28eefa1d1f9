// Package teams tells a Microsoft Teams channel of outages, through the webhook of a workflow ("Post to a channel when a
// webhook request is received").
//
//	teams.go  Config, New, and what refusals mean
//	card.go   Message: an event as an Adaptive Card, in which no text is markup
package teams
