// Package slack tells a Slack channel of outages: through an incoming webhook, one message an event, or as a bot with a
// token, one message an outage, which is kept up to date and gathers what happens in its thread.
//
//	slack.go    Config, New: posting to a webhook, and what Slack's refusals mean
//	message.go  Message: an event as blocks, readable at a glance
//	reply.go    what stands in the thread: one event in a few lines
//	blocks.go   the few kinds of block that are used, and Slack's limits
//	escape.go   text made fit for Slack: nothing in it is markup, a link or a mention
//	bot.go      BotConfig, Bot: one message an outage
//	tell.go     the steps in which a Bot tells of an event, and what it remembers of those that are done
//	find.go     whether something was posted although no answer came
//	press.go    Presses: what the buttons of a Bot do
//	call.go     the calls of Slack's API that a Bot makes
//	refusal.go  what the answers of Slack's API mean
package slack
