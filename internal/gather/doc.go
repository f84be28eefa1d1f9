// Package gather turns what comes one by one into packs: gather.go has Run.
package gather
