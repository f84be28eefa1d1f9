package push

import (
	"time"

	"golang.org/x/time/rate"
)

// leeway is how much may come at once: what may come in so many seconds.
const leeway = 10

// pace is how fast posts come, held against how fast they may. A request that is begun is taken whole, however many posts it has, and
// paid for afterwards, so that no client is stuck with a request that is too large for any moment.
type pace struct {
	limiter *rate.Limiter
}

// newPace allows so many posts a second; 0: any number.
func newPace(perSecond float64) pace {
	if perSecond <= 0 {
		return pace{rate.NewLimiter(rate.Inf, 1)}
	}
	return pace{rate.NewLimiter(rate.Limit(perSecond), max(1, int(perSecond*leeway)))}
}

// wait is for how long no request is taken.
func (p pace) wait(now time.Time) time.Duration {
	tokens := p.limiter.TokensAt(now)
	if p.limiter.Limit() == rate.Inf || tokens > 0 {
		return 0
	}
	return time.Duration((1 - tokens) / float64(p.limiter.Limit()) * float64(time.Second))
}

// spend pays for n posts.
func (p pace) spend(now time.Time, n int) {
	for burst := p.limiter.Burst(); n > 0; n -= burst {
		p.limiter.ReserveN(now, min(n, burst))
	}
}
