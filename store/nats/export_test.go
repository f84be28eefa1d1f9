package nats

// What the tests of this package look at from outside.
var (
	Token         = token
	AppendMention = encodeMention
	ParseMention  = parseMention
	DecodeMention = decodeMention
	DecodeReading = decodeReading
	Encode        = encode
	SplitID       = splitID
	CheckVersion  = checkVersion
)
