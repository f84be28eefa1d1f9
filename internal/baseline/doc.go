// Package baseline holds the detectors that one would write first, to be run beside ours on the same mentions.
//
//	baseline.go   Count, Detector, Methods, Run: counts per minute in, alarms out
//	window.go     a sliding window of minutes, its trailing hour, the tail of Poisson
//	fixed.go      three times the trailing hour
//	ewma.go       exponentially weighted moving average of "is down" and "fail" (Motoyama et al. 2010)
//	poisson.go    point-by-point and cycle-corrected Poisson (Hendrickson et al. 2015)
//	zscore.go     rolling z-score
package baseline
