// Package place tells the country and the city that a post speaks from: by its own country field, by its author's stated location
// ("Milano, Italia", "NYC 🇺🇸") and, strictly, by its text ("here in Lagos", "#Napoli", "東京で").
//
// It would rather say nothing than something wrong: a name that is an everyday word, or that two countries share, is not
// believed by itself.
//
//	gazetteer.go    Gazetteer, New, Locate: what counts for more than what
//	stated.go       the stated location
//	text.go         running text
//	words.go        the words that make a name in running text a place: "in", "に", "-da"
//	fold.go         the form in which two spellings of a name are equal
//	data.go         the embedded tables, read
//	cities.tsv      cities of 100,000 and more inhabitants and capitals, from GeoNames; generate.go makes it (see NOTICE)
//	names.tsv       the big ones under the names that people use
//	countries.tsv   countries, their languages' names and their people's
//	regions.tsv     states and provinces that stand beside or for a city
//	common.txt      cities that are named like everyday words
package place

//go:generate go run generate.go -in package/cities.pbf -out cities.tsv
