// Package score says how improbable the present voices are, given the service's own usual level at this hour of the week.
//
// It is pure: no clock, no I/O, no randomness. docs/score.md explains the method.
//
//	params.go      Params: the constants of the method, one set for all services
//	scorer.go      Scorer, Interval, Score: one service's state, and its step
//	forecast.go    what a window is expected to hold, and how improbable a count is
//	surprise.go    how improbable each window is, and what is usual
//	share.go       Shares: how voices are divided by language, and how surprising a part of them is
//	ring.go        the slots of the longest window, and the sums of all windows
//	level.go       the slow base and the local level, with our doubt about them
//	profile.go     the hours of the week
//	pool.go        Pool: how much voices vary in all services
//	dispersion.go  how much more than a Poisson count a window varies
//	silence.go     long stretches in which nothing was said, or nobody listened
//	learn.go       what is learnt when a slot falls out of the longest window
//	tail.go        tails of the negative binomial
//	state.go       the state as JSON
//	series.go      Series: scores of a series of counts
//	anomaly.go     how rare the present is in a series' own past, once per episode
//	excess.go      a sliding window over the usual level, and its rank among past ones
//	csv.go         ReadSeries, WriteSeries
package score
