package status

import "time"

// ReadTwice reads a page twice and gives how many updates were new each time.
func ReadTwice(body []byte, now time.Time) (first, again int, err error) {
	n, err := read(body, memory{}, now)
	if err != nil {
		return 0, 0, err
	}
	m, err := read(body, n.after, now)
	if err != nil {
		return 0, 0, err
	}
	return len(n.updates), len(m.updates), nil
}
