package ingest

import "time"

// A recent is over the last recentBuckets buckets.
const (
	recentBuckets = 12
	recentBucket  = 5 * time.Second
)

// recent sums up what came within the last minute. The zero value is ready.
type recent struct {
	sums   [recentBuckets]float64
	bucket int64
	began  time.Time
}

// add adds v at the time now.
func (r *recent) add(now time.Time, v float64) {
	if r.began.IsZero() {
		r.began = now
	}
	r.pass(now)
	r.sums[r.bucket%recentBuckets] += v
}

// pass empties the buckets that have become too old.
func (r *recent) pass(now time.Time) {
	bucket := now.UnixNano() / int64(recentBucket)
	for next := max(r.bucket+1, bucket-recentBuckets+1); next <= bucket; next++ {
		r.sums[next%recentBuckets] = 0
	}
	r.bucket = max(r.bucket, bucket)
}

// perSecond is the sum a second in the last minute, or since the first came if that is less long ago.
func (r *recent) perSecond(now time.Time) float64 {
	if r.began.IsZero() {
		return 0
	}
	r.pass(now)
	sum := 0.0
	for _, v := range r.sums {
		sum += v
	}
	span := min(now.Sub(r.began), recentBuckets*recentBucket)
	return sum / max(span, recentBucket).Seconds()
}
