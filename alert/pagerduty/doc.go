// Package pagerduty opens, updates and closes an incident for each outage through PagerDuty's Events API v2.
//
//	pagerduty.go  Config, New
//	event.go      Event: an event of ours as one of theirs
package pagerduty
