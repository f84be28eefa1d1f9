// Package preset sets what a configuration leaves open. positive.go has Positive.
package preset
