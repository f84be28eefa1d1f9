package event

// shortMark stands in the lowest quarter of the print of a short text.
const shortMark = 0xFFFF

// ShortPrint is the Mention.Print of a text that many may have written who know nothing of each other, from a hash of its words.
func ShortPrint(hash uint64) uint64 { return hash<<16 | shortMark }

// LongPrint is the Mention.Print of a text of four 16-bit min-hashes.
func LongPrint(hashes uint64) uint64 {
	if IsShortPrint(hashes) {
		return hashes - 1
	}
	return hashes
}

// IsShortPrint reports whether a Mention.Print is that of a short text.
func IsShortPrint(print uint64) bool { return print&shortMark == shortMark }
