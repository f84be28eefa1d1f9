// Package rawjson reads single fields out of JSON text without decoding the rest, at a few hundred megabytes to some
// gigabytes per second. It does not check the grammar of what it skips: whoever needs certainty asks Valid first.
//
//	valid.go   Valid: whether text is JSON at all
//	walk.go    Fields, Elements, Find, Skip: walk over the members of objects and arrays
//	value.go   Value: one value, turned into a Go value
//	times.go   RFC 3339 and Ruby dates from bytes
package rawjson
