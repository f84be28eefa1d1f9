package jetline

// head is how the lines begin; its last byte is followed by the record's next member.
var head = formOf(append(opening("app.bsky.feed.post"), piece{`",`, 0}))

// opening is how a line begins that tells of a new record of a collection, up to the record's time.
func opening(collection string) []piece {
	return []piece{
		{`{"did":"did:plc:`, 24}, {`","time_us":`, 16}, {`,"kind":"commit","commit":{"rev":"`, 13},
		{`","operation":"create","collection":"` + collection + `","rkey":"`, 13},
		{`","record":{"$type":"` + collection + `","createdAt":"`, 24},
	}
}

// Len is the length of the beginning of a line, and its time stands between timeFrom and timeTo.
const (
	Len      = 273
	timeFrom = 52
	timeTo   = 68
)

// Begins reports whether line begins as the lines of new posts do: with a did of the PLC, a time in microseconds, a revision, a key, and
// the type of a post and the time of its author, none of which has an escape. Its record goes on at line[Len:].
func Begins(line []byte) bool { return head.begins(line) }

// TimeUS gives the time of a line of which Begins, in microseconds since 1970; false: it is no number.
func TimeUS(line []byte) (us int64, ok bool) {
	for _, c := range line[timeFrom:timeTo] {
		if c < '0' || c > '9' {
			return 0, false
		}
		us = us*10 + int64(c-'0')
	}
	return us, true
}
