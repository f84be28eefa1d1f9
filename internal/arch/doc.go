// Package arch holds the shape of the source tree: which package may import which, and the manners that a compiler does
// not check. Its test examines the whole module; there is nothing in it for the running program.
//
//	tree.go     Package, Load: the parsed packages of a module
//	rules.go    Rules, Project: what this module keeps to, as tables
//	check.go    Finding, Check: all examinations, one after the other
//	arrows.go   imports: layers, and one importer for each client library
//	manners.go  package comments, init functions, printing, the environment, clocks
//	globals.go  package-level variables that something could change
//
// Files of tests are not examined: a test may reach for whatever it needs.
package arch
