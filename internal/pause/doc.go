// Package pause waits, and stops waiting when there is no need to any more: pause.go has For.
package pause
