package match

// reading is what is understood of one post, step by step.
type reading struct {
	hits     []hit
	evidence []evidence
	// loose is evidence for which the sentence names no service.
	loose   []evidence
	flags   flags
	tongues tongues
	// addressed says that the post speaks to the account of a service.
	addressed bool
	// alike says that what looks like trouble and is none took a name away.
	alike bool
	// year is when the post was written.
	year int
	// cues are those of which a complaint was guessed, if it was.
	cues    weighed
	guessed bool
}

// evidence is words that say that something fails, or works again: tokens[from:to], and the phrases they are, as
// spans[first:last].
type evidence struct {
	from, to, first, last int32
	role                  role
	langs                 uint64
	symptoms              parts
	after, before         bool // the name stands before the words, after them
	anywhere              bool // the words speak for themselves
	asked                 bool // the words speak of trouble because they are asked: "does it work"
	whole                 bool // the words are of all of it: "is down", and not "won't send"
	loads                 bool // the words are of loading: "won't load"
	opens                 bool // the words are of opening: "won't let me in"
	slow                  bool // the words are of slowness alone: "is so slow"
	corrects              bool // the words first hold something else guilty: "thought it was Verizon but it's"
}

// hit is one service that the post speaks of.
type hit struct {
	service   int32 // -1: unknown to the catalogue
	candidate string
	// complaint and back say what the post says of it; own that it is its topic by tag, handle, phrase or feed.
	complaint, back, own, byTag, byPhrase bool
	named                                 bool
	blames                                int32
	odds                                  float64 // that it is a complaint, as a natural logarithm
	from, to                              int32   // the words by which it was recognised, as tokens; from < 0: see phrase
	phrase                                string
	langs                                 uint64
	symptoms                              parts
	// whole says that some words of trouble are said of all of it ("is down"), partial that some are not.
	whole, partial bool
	// corrected says that something else was held guilty at first.
	corrected bool
	// loads says that some words of trouble are of loading.
	loads bool
	// opens says that some are of opening, or of getting in.
	opens bool
}

// maxHits and maxEvidence bound the work on a text that lists half the catalogue.
const (
	maxHits     = 24
	maxEvidence = 128
)

// hit finds or makes the entry of a service; nil: there are too many.
func (r *reading) hit(service int32, candidate string) *hit {
	for i := range r.hits {
		if h := &r.hits[i]; h.service == service && h.candidate == candidate {
			return h
		}
	}
	if len(r.hits) == maxHits {
		return nil
	}
	r.hits = append(r.hits, hit{service: service, candidate: candidate, from: -1, blames: -1})
	return &r.hits[len(r.hits)-1]
}

// add notes what evidence says of the service.
func (h *hit) add(e *evidence) {
	if e.role == back {
		h.back = true
	} else {
		h.complaint = true
		h.corrected = h.corrected || e.corrects
		h.whole = h.whole || e.whole
		h.partial = h.partial || !e.whole
		h.loads = h.loads || e.loads
		h.opens = h.opens || e.opens
	}
	h.langs |= e.langs
	h.symptoms |= e.symptoms
}
