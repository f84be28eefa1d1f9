package baseline

// fixed calls when five minutes hold three times what is usual in the trailing hour, and three posts at least: the rule that
// stands in most scripts.
type fixed struct{ window }

const (
	fixedFactor = 3
	fixedLeast  = 3
)

// Minute implements Detector.
func (d *fixed) Minute(c Count) bool {
	d.push(c.Complaints)
	usual, ok := d.usual()
	return ok && d.recent >= fixedLeast && float64(d.recent) > fixedFactor*usual
}
