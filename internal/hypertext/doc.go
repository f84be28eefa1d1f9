// Package hypertext reads and writes HTML, from and for people whom nobody knows.
//
//	text.go     Text: HTML as the text that a person would read
//	write.go    Writer: HTML that is escaped by construction
//	figure.go   curves and bars, as SVG inside a page
package hypertext
