// Package chart draws how loud people complained against how loud they usually do, with the onset marked and the phases
// of the outage shaded: a picture of one outage, as PNG for chats and reports or as SVG.
//
//	chart.go    Chart: what is drawn; PNG and SVG
//	draw.go     the picture, layer by layer
//	scale.go    Scale: from times and voices to the picture's points, and where round ticks lie
//	colours.go  the colours, by what they mean
package chart
