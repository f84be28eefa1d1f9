// Package scoreboard compares the outages that a run emitted with the truth about it, and says how good the run was.
//
//	truth.go    Truth: what really happened, as it stands in truth.json
//	told.go     what a run told, folded from its events
//	score.go    Score: one scenario; Row, Finding, FalseAlarm
//	roles.go    who was down, and who was only blamed
//	board.go    Board: all scenarios, and their Summary
//	rival.go    Alarm, Rival: simpler detectors measured on the same scenarios
//	floors.go   Floors: how bad a board may be
//	text.go     a board as a table for people; markdown.go as a page
package scoreboard
