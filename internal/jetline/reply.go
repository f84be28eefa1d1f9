package jetline

// reply is how a record tells which posts it answers, at the start of a value.
var reply = formOf([]piece{
	{`{"parent":{"cid":"`, 59}, {`","uri":"at://did:plc:`, 24}, {`/app.bsky.feed.post/`, 13},
	{`"},"root":{"cid":"`, 59}, {`","uri":"at://did:plc:`, 24}, {`/app.bsky.feed.post/`, 13}, {`"}}`, 0},
})

// Reply is the length of the value at the start of b if it is what nearly all answers have under "reply": the ids of two posts of accounts
// of the PLC, without an escape; 0: it is something else.
func Reply(b []byte) int {
	if !reply.begins(b) {
		return 0
	}
	return reply.len
}
