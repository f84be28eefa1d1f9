// Package event is the vocabulary of outcry: what was said (Post), what it says about a service (Mention), how loud a
// service is (Reading) and what is concluded from that (Outage), together with the public JSON in which they travel.
//
// Everything else in the program speaks these words; this package imports nothing but the standard library.
//
//	service.go     Service: somebody's system that people depend on
//	post.go        Post: what somebody said
//	mention.go     Mention, Kind, Symptom, Pack: a post that speaks of a service
//	print.go       ShortPrint, LongPrint: the two kinds of Mention.Print
//	mark.go        Mark: how far a source's time has come
//	source.go      SourceState, SourceStatus: how a source of posts fares
//	reading.go     Reading, Tally: how loud a service is in one slot of time
//	record.go      MentionRecord, ReadingRecord, Tick: the messages of the two inner logs
//	outage.go      Outage, Phase, Role, Severity: the conclusion
//	cloudevent.go  Event: the CloudEvents 1.0 envelope around an Outage, and its subjects
package event
