package event

// Service is a system that people depend on and speak about when it fails.
type Service struct {
	// ID is the slug that stands in subjects and keys: lower-case letters, digits and '-'.
	ID string `json:"id"`
	// Name is what people read: "WhatsApp".
	Name string `json:"name"`
	// Owner is the slug of the company behind it ("meta"); services of one owner can fail together. Empty: unknown.
	Owner string `json:"owner,omitempty"`
	// DependsOn lists the ids of services whose failure can take this one down.
	DependsOn []string `json:"depends_on,omitempty"`
	// Aliases are further names, in any script: "insta", "インスタ".
	Aliases []string `json:"aliases,omitempty"`
	// Tags are hashtags, without '#', that make a mention by themselves.
	Tags []string `json:"tags,omitempty"`
	// Handles are the service's own accounts, without '@'. A post to one is a mention; a post by one is the official word.
	Handles []string `json:"handles,omitempty"`
	// Phrases are plain words that make a mention by themselves: "power outage".
	Phrases []string `json:"phrases,omitempty"`
	// Hints are everyday words by which people mean it when something fails: "reels" (Instagram), "one tick" (WhatsApp). They count only in a
	// post that names no service and reads as a complaint by all its other words.
	Hints []string `json:"hints,omitempty"`
	// StatusPage is the address of the official status page.
	StatusPage string `json:"status_page,omitempty"`
	// Kind is the trade: "social", "messaging", "bank", "carrier", "cloud" …
	Kind string `json:"kind,omitempty"`
	// Country is the ISO 3166 code of a service that serves one country. Empty: it serves many.
	Country string `json:"country,omitempty"`
	// Ambiguous says that the name is also an everyday word ("Signal", "X"), so that it needs an outage word beside it.
	Ambiguous bool `json:"ambiguous,omitempty"`
}
