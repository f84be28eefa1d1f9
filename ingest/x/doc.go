// Package x reads posts of X (Twitter): live from the filtered stream of API 2 or from a server that still speaks API 1.1, and in the
// two JSON forms its API has had.
//
//	v1.go            V1: API 1.1, as in stream archives and old searches
//	v2.go            V2: API 2: filtered stream, search pages, flattened tweets
//	wire.go          the JSON of API 2
//	time.go          when a post was made: the time within its id, held against created_at
//	live.go          Source: the filtered stream; DryRun: what it would do to the account's rules
//	config.go        Config
//	pipe.go          what the streams of both APIs have in common
//	filter.go        Filter: statuses/filter of API 1.1
//	filterconfig.go  FilterConfig, and who signs its requests
//	track.go         MakeTrack: phrases within the limits of API 1.1
//	notices.go       what the stream of API 1.1 says about itself and about earlier posts
//	thrifty.go       the stream only while counts by the minute are unusual
//	ear.go           what is unusual, and what calm again
//	counts.go        counts by the minute
//	rules.go         MakeRules, DiffRules: rules within the limits, and how to come to them
//	terms.go         by which words a service's trouble is found, by writing
//	spend.go         Budget, Spend: what was billed, and whether there may be more
//	meter.go         what was billed, kept in the cursor
//	waits.go         how long to wait after which failure; what an operator can do about it
//	farewell.go      by which words X ends a stream
//	api.go           the calls of the API
package x
