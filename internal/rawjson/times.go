package rawjson

import "time"

// Time reads an RFC 3339 time, given in a string; the result is in UTC. False: it is none.
func (v Value) Time() (time.Time, bool) {
	var t time.Time
	if err := t.UnmarshalText(v.Bytes()); err != nil {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// SetTime sets dst to an RFC 3339 time, with the same rules as SetString.
func (v Value) SetTime(dst *time.Time) bool {
	if v.IsNull() {
		return true
	}
	t, ok := v.Time()
	if ok {
		*dst = t
	}
	return ok
}

// rubyLen is the length of "Sat Mar 10 14:03:15 +0000 2018".
const rubyLen = len(time.RubyDate)

// RubyDate reads a time such as "Sat Mar 10 14:03:15 +0000 2018" from a string; the result is in UTC. False: it is none.
func (v Value) RubyDate() (time.Time, bool) {
	b := v.Bytes()
	if len(b) != rubyLen {
		return time.Time{}, false
	}
	if string(b[19:26]) != " +0000 " {
		t, err := time.Parse(time.RubyDate, string(b))
		return t.UTC(), err == nil
	}
	month := monthOf(b[4:7])
	day, ok1 := digits(b[8:10])
	hour, ok2 := digits(b[11:13])
	minute, ok3 := digits(b[14:16])
	second, ok4 := digits(b[17:19])
	year, ok5 := digits(b[26:30])
	if month == 0 || !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || b[13] != ':' || b[16] != ':' {
		return time.Time{}, false
	}
	if day < 1 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(int(year), month, int(day), int(hour), int(minute), int(second), 0, time.UTC)
	return t, t.Day() == int(day)
}

func monthOf(b []byte) time.Month {
	switch string(b) {
	case "Jan":
		return time.January
	case "Feb":
		return time.February
	case "Mar":
		return time.March
	case "Apr":
		return time.April
	case "May":
		return time.May
	case "Jun":
		return time.June
	case "Jul":
		return time.July
	case "Aug":
		return time.August
	case "Sep":
		return time.September
	case "Oct":
		return time.October
	case "Nov":
		return time.November
	case "Dec":
		return time.December
	}
	return 0
}
