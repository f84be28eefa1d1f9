// Package heard is what sources share that come to hear of posts some time after they were made, or several times.
//
//	clock.go   Clock: the time under which a post counts that was heard late
//	set.go     Set: which ids were heard lately
package heard
