// Package sim is a seeded world that makes posts and knows the truth about them: for the demo, the tests and the backtests.
//
// A Scenario is a stretch of time with a story: outages with everybody who speaks of them, crowds that shout about something
// else, and the talk of a usual day. Its texts come from hand-written phrases in thirty languages, which know nothing of the
// matcher's words.
//
//	scenario.go   Scenario: posts of a seed, scaled, moved in time; the truth derived from the story
//	story.go      story, outage, wave, strand, crowd: what happens
//	catalogue.go  Scenarios: the list of all
//	evenings.go   the five evenings that must be told right in every respect
//	found.go      outages of the past that must be found
//	further.go    more outages, in more languages
//	silent.go     evenings on which nothing may fire
//	demo.go       the evening of the demo
//	build.go      newScenario: a scenario from a story; Services
//	shape.go      how outages and crowds rise and fall
//	burst.go      when an outage could first be told from chance
//	outage.go     teller: the posts about an outage
//	crowd.go      mouth: the posts of a crowd; scripted words
//	talk.go       habit: the posts of a usual day
//	stream.go     streams merged in order of time
//	world.go      what all streams of a run share
//	countries.go  parts of the world with a clock, languages and towns of their own
//	services.go   services as people write about them
//	people.go     accounts
//	words.go      phrases by language, read from lang/
//	compose.go    one text from phrases, openers, closers, faces, slips and hashtags
//	chance.go     distributions
//	source.go     Source: a scenario as an ingest.Source
//	files.go      a scenario as a folder with posts.ndjson and truth.json
//	quiet.go      Quiet: service-years of nothing, as mentions
package sim
