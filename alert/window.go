package alert

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Window is a time of the week, such as Monday to Friday from 8:00 to 18:00 in Rome.
type Window struct {
	// Days are those on which it begins; none: every day.
	Days []time.Weekday
	// From and Until are times of the day, since midnight. A window whose Until is not after its From ends on the next day.
	From, Until time.Duration
	// Zone is where the clock hangs; nil: UTC.
	Zone *time.Location
	// text is what it was read from.
	text string
}

// ErrWindow says how a Window is written.
var ErrWindow = errors.New(`a window is written as days, times and zone: "mon-fri 08:00-18:00 Europe/Rome"; ` +
	`"sat,sun 22:00-06:00"; "08:00-20:00" is every day, and without a zone it is UTC`)

// UnmarshalText reads a window as ErrWindow says. All other errors are ErrWindow with a reason.
func (w *Window) UnmarshalText(text []byte) error {
	fields := strings.Fields(string(text))
	times := slices.IndexFunc(fields, func(f string) bool { return strings.Contains(f, ":") })
	if times < 0 || times > 1 || len(fields) > times+2 {
		return ErrWindow
	}
	read := Window{text: strings.Join(fields, " ")}
	var err error
	if times == 1 {
		if read.Days, err = parseDays(fields[0]); err != nil {
			return err
		}
	}
	from, until, ok := strings.Cut(fields[times], "-")
	if !ok {
		return ErrWindow
	}
	if read.From, err = parseClock(from); err != nil {
		return err
	}
	if read.Until, err = parseClock(until); err != nil {
		return err
	}
	if len(fields) > times+1 {
		if read.Zone, err = time.LoadLocation(fields[times+1]); err != nil {
			return fmt.Errorf("%w: %q is no time zone", ErrWindow, fields[times+1])
		}
	}
	*w = read
	return nil
}

// String is what the window was read from.
func (w Window) String() string { return w.text }

// parseDays reads "mon-fri" and "sat,sun".
func parseDays(text string) ([]time.Weekday, error) {
	var days []time.Weekday
	for part := range strings.SplitSeq(text, ",") {
		first, last, isRange := strings.Cut(part, "-")
		from, ok := parseDay(first)
		until := from
		if ok && isRange {
			until, ok = parseDay(last)
		}
		if !ok {
			return nil, fmt.Errorf("%w: %q is no day", ErrWindow, part)
		}
		for day := from; ; day = (day + 1) % 7 {
			if !slices.Contains(days, day) {
				days = append(days, day)
			}
			if day == until {
				break
			}
		}
	}
	return days, nil
}

func parseDay(text string) (time.Weekday, bool) {
	for day := range time.Weekday(7) {
		if strings.EqualFold(text, day.String()[:3]) {
			return day, true
		}
	}
	return 0, false
}

// parseClock reads a time of the day, "08:00" to "24:00".
func parseClock(text string) (time.Duration, error) {
	const day = 24 * time.Hour
	if text == "24:00" {
		return day, nil
	}
	at, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("%w: %q is no time of the day", ErrWindow, text)
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, nil
}

// Holds reports whether a time is in the window. It goes by the clock on the wall, also on the days on which that is put
// forward or back.
func (w *Window) Holds(at time.Time) bool {
	if at = at.UTC(); w.Zone != nil {
		at = at.In(w.Zone)
	}
	hour, minute, second := at.Clock()
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	today := at.Weekday()
	yesterday := (today + 6) % 7 // midnight may be a time that does not exist
	if w.From < w.Until {
		return w.on(today) && w.From <= clock && clock < w.Until
	}
	return (w.on(today) && w.From <= clock) || (w.on(yesterday) && clock < w.Until)
}

func (w *Window) on(day time.Weekday) bool { return len(w.Days) == 0 || slices.Contains(w.Days, day) }
