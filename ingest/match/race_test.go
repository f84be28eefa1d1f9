//go:build race

package match_test

// raced says that the race detector is on, under which pools lose things at random.
const raced = true
