package score

// Counts and exposures are kept as whole numbers of small units, so that the sums of sliding windows never drift and are the
// same after a restart.
const (
	countUnit    = 1 << 20
	exposureUnit = 1 << 20
)

// slot is one step of time: what was counted in it, what was counted beside, and how much could have been: seconds heard times
// the profile's factor.
type slot struct {
	count    int64
	talk     int64
	exposure int64
	learn    bool
}

// units are the slot's count in voices and its exposure in seconds.
func (s slot) units() (voices, seconds float64) {
	return float64(s.count) / countUnit, float64(s.exposure) / exposureUnit
}

// ring holds the slots of the longest window and the sums of all windows that end now.
type ring struct {
	slots []slot
	next  int
	sums  [len(units)]slot
}

// units are the lengths of the windows in minutes, or in steps where a step is longer than a minute.
var units = [...]int{1, 2, 5, 10, 30}

func newRing(perUnit int) ring {
	return ring{slots: make([]slot, perUnit*units[len(units)-1])}
}

// push moves every window on by one slot and returns the slot that falls out of the longest.
func (r *ring) push(s slot, perUnit int) slot {
	for i, u := range units {
		out := &r.slots[r.back(u*perUnit)]
		r.sums[i].count += s.count - out.count
		r.sums[i].talk += s.talk - out.talk
		r.sums[i].exposure += s.exposure - out.exposure
	}
	old := r.slots[r.next]
	r.slots[r.next] = s
	r.next = r.after(r.next)
	return old
}

// pushSilence moves every window, all of them silent, on by n slots of the same exposure in which nothing was counted. It returns
// how many of the slots that fall out of the longest window may be learnt, and their exposure.
func (r *ring) pushSilence(n int, exposure int64, perUnit int) (heard, left int64) {
	for i, u := range units {
		sum, size := &r.sums[i].exposure, u*perUnit
		if size <= n {
			*sum = int64(size) * exposure
			continue
		}
		*sum += int64(n) * exposure
		for at, k := r.back(size), 0; k < n; at, k = r.after(at), k+1 {
			*sum -= r.slots[at].exposure
		}
	}
	for range n {
		if out := &r.slots[r.next]; out.learn {
			heard++
			left += out.exposure
		}
		r.slots[r.next] = slot{exposure: exposure, learn: true}
		r.next = r.after(r.next)
	}
	return heard, left
}

// back is the place of the slot n before the next.
func (r *ring) back(n int) int {
	if at := r.next - n; at >= 0 {
		return at
	}
	return r.next - n + len(r.slots)
}

// after is the place behind a slot.
func (r *ring) after(at int) int {
	if at++; at < len(r.slots) {
		return at
	}
	return 0
}

// add counts more into the newest slot.
func (r *ring) add(count, talk int64) {
	newest := &r.slots[r.back(1)]
	newest.count += count
	newest.talk += talk
	for i := range r.sums {
		r.sums[i].count += count
		r.sums[i].talk += talk
	}
}

// total is the sum of the longest window.
func (r *ring) total() slot { return r.sums[len(units)-1] }

// forget marks every slot as not to be learnt.
func (r *ring) forget() {
	for i := range r.slots {
		r.slots[i].learn = false
	}
}
