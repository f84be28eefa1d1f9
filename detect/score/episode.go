package score

import "math"

// rarity is the past of a window's excess over its usual count, as a histogram with bins of equal ratio: a quarter of an octave each, from
// 1/16 of a voice upwards. What is below lies in the first.
type rarity struct {
	bins [rareBins]float32
	// any says that a bin is not empty.
	any bool
	// n is the weight of all bins, the first included, which itself stays empty.
	n float64
}

const (
	rareBins  = 96
	perOctave = 4
	lowOctave = -4
)

// grain is the step, in powers of ten, in which rarity is told: a share of the past is not known more exactly.
const grain = 0.25

// place is the bin of an excess, and the part of the bin that lies below it.
func place(excess float64) (bin int, part float64) {
	if excess <= 1.0/16 {
		return 0, 0
	}
	x := math.Min((math.Log2(excess)-lowOctave)*perOctave+1, rareBins-1)
	bin = int(x)
	return bin, x - float64(bin)
}

// rank is -log10 of the share of the past with an excess at least as high, the present counted in with weight self.
func (r *rarity) rank(excess, self float64) float64 {
	bin, part := place(excess)
	if bin == 0 {
		return 0
	}
	above := float64(r.bins[bin]) * (1 - part)
	for _, v := range r.bins[bin+1:] {
		above += float64(v)
	}
	return math.Max(0, -math.Log10((above+self)/(r.n+1)))
}

func (r *rarity) add(excess float64) {
	if bin, _ := place(excess); bin > 0 {
		r.bins[bin]++
		r.any = true
	}
	r.n++
}

func (r *rarity) scale(by float64) {
	r.n *= by
	if !r.any {
		return
	}
	for i := range r.bins {
		r.bins[i] *= float32(by)
	}
}

// episode remembers the rarest moment of the last Episode, so that one unusual episode gives one high score at its beginning.
type episode struct {
	peak float64
	left int64 // slots until peak is forgotten
}

// pass lets n slots of time go by.
func (e *episode) pass(n int64) {
	if e.left = max(0, e.left-n); e.left == 0 {
		e.peak = 0
	}
}

// usual is what window i holds at this hour of the week by the slow level alone, without the local level: the yardstick of episodes is
// not to move along with them.
func (s *Scorer) usual(i int) float64 {
	voices, seconds := s.before(i).units()
	base := s.level.base(voices, seconds, &s.par)
	return base * float64(s.ring.sums[i].exposure) / exposureUnit
}

// remember adds the windows that end now to the past of their excesses. It is called before time moves on, so that no window is ranked
// against itself.
func (s *Scorer) remember() {
	if s.index == 0 || s.hold > 0 {
		return
	}
	for i := range units {
		switch w := &s.ring.sums[i]; {
		case w.exposure == 0:
		case w.count == 0:
			s.past[i].n++
		default:
			s.past[i].add(float64(w.count)/countUnit - s.usual(i))
		}
	}
}

// anomaly is how rare the present windows are in the service's own past, as the geometric mean of their shares. An episode rises until it is Rare
// and is then told again only if it becomes rarer by Margin. surprises are those of all windows, unpaid.
func (s *Scorer) anomaly(surprises *[len(units)]float64) float64 {
	var sum float64
	for i := range units {
		if s.ring.sums[i].count == 0 {
			continue
		}
		self := math.Max(s.par.Novelty, math.Pow(10, -surprises[i]))
		sum += s.past[i].rank(float64(s.ring.sums[i].count)/countUnit-s.usual(i), self)
	}
	v := sum / float64(len(units))
	bar := s.episode.peak
	if bar >= s.par.Rare {
		bar += s.par.Margin
	}
	if v <= bar {
		return 0
	}
	s.episode = episode{peak: v, left: int64(s.par.Episode / s.step)}
	v = math.Floor(v/grain) * grain
	return v / (v + s.par.Rare)
}
