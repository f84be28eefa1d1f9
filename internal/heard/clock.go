package heard

import "time"

// tooOld is how long ago a post can have been made and still count as news.
const tooOld = time.Hour

// Clock gives posts of a source that is asked now and then the times under which they count. Such a source would hold
// everybody else's time back from one asking to the next, or its posts would come too late to be counted. So a post that
// was made before the time for which the source has already vouched counts from when it was heard; one that was made
// after it, at its own time; and none from the future. A post of more than an hour ago keeps its time: it is no news.
type Clock struct {
	vouched time.Time
}

// Stamp gives the time under which a post counts that was made at made and is heard now. own: it is the post's own. Another tells
// nothing of how far the source has come: while it catches up, older posts are still to come.
func (c *Clock) Stamp(made, now time.Time) (at time.Time, own bool) {
	switch {
	case made.After(now):
		return now, false
	case made.Before(c.vouched) && now.Sub(made) <= tooOld:
		return now, false
	}
	return made, true
}

// Vouch says that nothing made before t will count at its own time any more.
func (c *Clock) Vouch(t time.Time) {
	if t.After(c.vouched) {
		c.vouched = t
	}
}
