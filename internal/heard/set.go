package heard

// Set remembers the last ids that were put into it, up to a bound. The zero value remembers nothing.
type Set struct {
	at   map[string]bool
	ring []string
	next int
}

// NewSet makes a set of at most size ids, of which the oldest make room for new ones.
func NewSet(size int) *Set {
	return &Set{at: make(map[string]bool), ring: make([]string, size)}
}

// Has reports whether an id is remembered.
func (s *Set) Has(id string) bool { return s.at[id] }

// Add remembers an id.
func (s *Set) Add(id string) {
	if s.at[id] || len(s.ring) == 0 {
		return
	}
	delete(s.at, s.ring[s.next])
	s.ring[s.next] = id
	s.at[id] = true
	s.next = (s.next + 1) % len(s.ring)
}
