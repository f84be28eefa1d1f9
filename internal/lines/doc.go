// Package lines reads streams that send a message a line, and notices when they fall silent.
//
//	lines.go   Reader: messages out of a stream, of bounded length
//	watch.go   Watch: ends a context when nothing was read for too long
package lines
