package event

import "time"

// Kind is what a mention does with the service it speaks of.
type Kind string

// The kinds of a mention. Only Report and Question are evidence of an outage.
const (
	Report   Kind = "report"   // "WhatsApp is down"
	Question Kind = "question" // "is insta down for anyone else?"
	Recovery Kind = "recovery" // "it's back"
	Official Kind = "official" // the service's own configured account speaks of trouble or its end
	News     Kind = "news"     // second-hand: a headline, a link, "Downdetector says"
	Joke     Kind = "joke"     // meme, mockery, "everyone running to Twitter"
	Other    Kind = "other"    // named beside another service's trouble, without a complaint of its own
)

// IsComplaint reports whether a mention of this kind is somebody's own experience of trouble.
func (k Kind) IsComplaint() bool { return k == Report || k == Question }

// Symptom is which part of a service people say fails.
type Symptom string

// The symptoms.
const (
	Connection   Symptom = "connection"
	Login        Symptom = "login"
	Feed         Symptom = "feed"
	Messages     Symptom = "messages"
	Media        Symptom = "media"
	Video        Symptom = "video"
	Calls        Symptom = "calls"
	Crash        Symptom = "crash"
	Payments     Symptom = "payments"
	Account      Symptom = "account"
	OtherSymptom Symptom = "other"
)

// Mention is a post that speaks of a service. Its identity is (Source, Post, Service): two mentions that agree in these are one.
// It holds no text of the post but Phrase, and no author but Voice.
type Mention struct {
	Source  string    `json:"source"`
	Post    string    `json:"post"`
	Service string    `json:"service"`
	At      time.Time `json:"at"`
	// Voice stands for the author: equal for posts of one author in one source, and not to be turned back into a name.
	Voice uint64 `json:"voice"`
	Kind  Kind   `json:"kind"`
	// Symptoms are what is said to fail, most specific first.
	Symptoms []Symptom `json:"symptoms,omitempty"`
	// Lang is an ISO 639 code; Country an ISO 3166 alpha-2 code; Place a city in its own spelling. Empty: not known.
	Lang    string `json:"lang,omitempty"`
	Country string `json:"country,omitempty"`
	Place   string `json:"place,omitempty"`
	// Repost says that somebody else's words were passed on.
	Repost bool `json:"repost,omitempty"`
	// Partial says that the trouble is said not to touch everybody or everything ("not for everyone", "text passes, photos do not").
	Partial bool `json:"partial,omitempty"`
	// Weak says that the complaint tells little of whether others are hit: nothing worse than that it is
	// slow, an account that was closed, or trouble that was only guessed.
	Weak bool `json:"weak,omitempty"`
	// Print is a fingerprint of the text for finding near-duplicates: four 16-bit min-hashes of its word shingles, of which
	// near-identical texts share at least two; see LongPrint. A text too short to be told from an independent one has a hash of its words,
	// see ShortPrint; 0: it has no words.
	Print uint64 `json:"print,omitempty"`
	// With lists the other services named in the same post.
	With []string `json:"with,omitempty"`
	// Blames is the service that the post holds responsible, if it says so ("AWS is down and took Canva with it").
	Blames string `json:"blames,omitempty"`
	// Phrase is the words by which the trouble was recognised, at most 80 bytes: "#whatsappdown".
	Phrase string `json:"phrase,omitempty"`
	URL    string `json:"url,omitempty"`
	// AuthorAgeDays is how old the account was when it posted; nil: unknown.
	AuthorAgeDays *int `json:"author_age_days,omitempty"`
	// AuthorFollowers is how many accounts followed the author; 0: unknown or none.
	AuthorFollowers int `json:"author_followers,omitempty"`
}

// Pack is mentions of one service that travel as one message.
type Pack struct {
	Service  string
	Mentions []Mention
}
