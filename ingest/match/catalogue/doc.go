// Package catalogue knows the services that people speak about when they fail: their names in the scripts that people use, their
// official accounts, their owners and what they stand on.
//
//	services.yaml   the built-in list, one line a service
//	catalogue.go    Builtin, Owners: the built-in list, read
//	parse.go        Parse, ParseNode: YAML to services; an unknown key is refused and the nearest known one named
//	merge.go        Merge: the operator's own services over the built-in ones
//	check.go        what a list of services must hold
//	search.go       Search: services by any of their names
package catalogue
