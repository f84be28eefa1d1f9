// Package window counts the distinct voices that speak of one service, slot of time by slot of time. It is pure: what comes out
// depends on which mentions were added and not on their order, repetition or batching.
//
//	windows.go   Windows: slots, what was heard within Recall, closing a slot
//	slot.go      the records of one slot; a bottom-k sample when there are too many
//	weight.go    how much a voice counts: reposts, near-duplicates, rings of new accounts
//	tally.go     what the voices of a slot said
//	persist.go   records as fields of hashes, so that the windows survive
package window
