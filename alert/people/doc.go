// Package people keeps what people want and do about outages: that they have taken one over, that they want to hear no more of
// one, or of none of some sort for a while. Commands, the API and the buttons in messages all come here.
//
//	book.go   Book, Store: taking over, muting, silencing, and ending that
//	find.go   Find: an outage by the beginning of its id
//	api.go    API: the same over HTTP
package people
