package event

import "time"

// Slot is the grain of event time: readings are taken at every multiple of it.
const Slot = 10 * time.Second

// Reading is how loud one service was in the slot of time that ends at At. Slots in which a service was silent have no reading.
type Reading struct {
	Service string    `json:"service"`
	At      time.Time `json:"at"`
	// Voices is the weight of the distinct voices that complained in this slot and had not complained in the Recall before.
	// Reposts, near-duplicates and new accounts weigh less than 1.
	Voices float64 `json:"voices"`
	// Posts is how many complaints were read in this slot, whoever made them.
	Posts int `json:"posts"`
	// Windows are the voices of the sliding windows that end at At, shortest first.
	Windows []Window `json:"windows,omitempty"`
	Tally
}

// Window is the weight of the complaining voices within Seconds before a reading.
type Window struct {
	Seconds int     `json:"s"`
	Voices  float64 `json:"voices"`
}

// Tally is what the voices behind a reading said, as weights that add up over slots. Every map is bounded by its maker.
type Tally struct {
	Kinds     map[Kind]float64    `json:"kinds,omitempty"`
	Symptoms  map[Symptom]float64 `json:"symptoms,omitempty"`
	Countries map[string]float64  `json:"countries,omitempty"`
	Places    map[string]float64  `json:"places,omitempty"`
	Languages map[string]float64  `json:"languages,omitempty"`
	Sources   map[string]float64  `json:"sources,omitempty"`
	Phrases   map[string]float64  `json:"phrases,omitempty"`
	// With counts the voices that named another service in the same post; Blames those that held it responsible.
	With   map[string]float64 `json:"with,omitempty"`
	Blames map[string]float64 `json:"blames,omitempty"`
	// Partial is the weight of voices that said that not everybody or not everything is hit.
	Partial float64 `json:"partial,omitempty"`
	// Samples are a few of the posts, chosen without regard to order of arrival.
	Samples []PostRef `json:"samples,omitempty"`
	// Official are posts by the service's own accounts.
	Official []PostRef `json:"official,omitempty"`
}

// PostRef points at a post without quoting it.
type PostRef struct {
	Source string    `json:"source"`
	ID     string    `json:"id,omitempty"`
	URL    string    `json:"url,omitempty"`
	At     time.Time `json:"at"`
	// Kind is the mention's kind.
	Kind Kind `json:"kind,omitempty"`
}
