package score_test

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
	"time"
)

// TestCalibration counts, on simulated ordinary weeks after a first day, how often a span of five minutes reaches a surprise. In a calibrated
// score 10^-k of them reach k. OUTCRY_SCORE_DAYS lengthens the simulation.
func TestCalibration(t *testing.T) {
	t.Parallel()
	days := 8
	if v, err := strconv.Atoi(os.Getenv("OUTCRY_SCORE_DAYS")); err == nil {
		days = v
	}
	shapes := []struct {
		name  string
		shape func(float64) float64
	}{{"flat", flat}, {"weekly", weekly}}
	for _, sh := range shapes {
		for _, level := range []float64{0.01, 0.1, 1, 5, 50, 500} {
			t.Run(fmt.Sprintf("%s, %v per 5 min", sh.name, level), func(t *testing.T) {
				t.Parallel()
				for i, phi := range []float64{1, 3, 5} {
					ex, bins := exceedances(newWorld(uint64(100+i), level, phi, sh.shape), days)
					t.Logf("| %s | %v | %v | %.2f | %.2f | %.2f | %d of %d |", sh.name, level, phi,
						share(ex[2], bins, 2), share(ex[3], bins, 3), share(ex[4], bins, 4), ex[highest], bins)
					// A service that is nearly silent and yet speaks in clusters cannot be known after a day: there the
					// first clusters surprise, and it is learnt.
					clustered := level < 1 && phi > 1
					if share(ex[2], bins, 2) > 2 || (!clustered && (share(ex[3], bins, 3) > 3 || ex[highest] > 0)) || ex[highest] > oneCluster {
						t.Errorf("dispersion %v: %v of %d spans reach 0 to 6", phi, ex, bins)
					}
				}
			})
		}
	}
}

// highest is the surprise up to which exceedances are counted.
const highest = 6

// oneCluster is for how many spans one cluster of voices stays in the longest window.
const oneCluster = 6

// exceedances are how many spans of five minutes reach a surprise of k.
func exceedances(w *world, days int) (reached [highest + 1]int, spans int) {
	w.loudest(24*time.Hour, usual)
	for w.at.Sub(w.start) < time.Duration(days)*24*time.Hour {
		top := w.loudest(5*time.Minute, usual)
		spans++
		for k := 0; k <= highest && float64(k) <= top; k++ {
			reached[k]++
		}
	}
	return reached, spans
}

// share is how often k was reached over how often it should be.
func share(n, of, k int) float64 { return float64(n) / float64(of) * math.Pow10(k) }
