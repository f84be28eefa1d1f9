// Package report writes one outage up for people who were not there: what it was, how it went and what that rests on, as a page, as
// Markdown, as a picture and as JSON.
//
//	heard.go     Heard: how loud the services were, minute by minute
//	chart.go     that, and the phases of the outage, as a picture
//	report.go    Report: what there is to tell, in the words of the notices; as JSON
//	html.go      a page in one file, with report.css
//	markdown.go  for tickets, wikis and chats
package report
