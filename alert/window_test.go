package alert_test

import (
	"errors"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
)

func window(t *testing.T, text string) (w alert.Window) {
	t.Helper()
	if err := w.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWindows(t *testing.T) {
	t.Parallel()
	const office, night = "mon-fri 08:00-18:30 Europe/Rome", "Fri 22:00-06:00"
	tests := []struct {
		name   string
		window string
		at     string
		want   bool
	}{
		{"as it begins", office, "2024-12-11T08:00:00+01:00", true},
		{"just before", office, "2024-12-11T07:59:59+01:00", false},
		{"the last second", office, "2024-12-11T18:29:59+01:00", true},
		{"as it ends", office, "2024-12-11T18:30:00+01:00", false},
		{"on a Saturday", office, "2024-12-14T12:00:00+01:00", false},
		{"elsewhere it is another hour", office, "2024-12-11T17:30:00Z", false},
		{"in summer the clock is ahead", office, "2024-07-10T06:00:00Z", true},
		{"the evening of its day", night, "2024-12-13T23:00:00Z", true},
		{"the morning after", night, "2024-12-14T05:59:59Z", true},
		{"that morning is over", night, "2024-12-14T06:00:00Z", false},
		{"the morning of its day", night, "2024-12-13T05:00:00Z", false},
		{"the evening after", night, "2024-12-14T23:00:00Z", false},
		{"the weekend across the week's end", "fri-mon,wed 10:00-11:00", "2024-12-15T10:30:00Z", true},
		{"a day between", "fri-mon,wed 10:00-11:00", "2024-12-12T10:30:00Z", false},
		{"the whole day", "00:00-24:00", "2024-12-14T23:59:59Z", true},
		{"from midnight to midnight", "00:00-00:00", "2024-12-14T00:00:00Z", true},
		{"the hour that is missing", "02:00-03:00 Europe/Rome", "2024-03-31T01:30:00Z", false},
		{"the hour that comes twice", "02:00-03:00 Europe/Rome", "2024-10-27T01:30:00Z", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			at, err := time.Parse(time.RFC3339, test.at)
			if err != nil {
				t.Fatal(err)
			}
			w := window(t, test.window)
			if got := w.Holds(at); got != test.want {
				t.Errorf("%s: Holds(%s) = %v, want %v", w, test.at, got, test.want)
			}
		})
	}
}

func TestWindowsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "mon-fri", "8-18", "08:00", "08:00-", "08:00-25:00", "24:01-01:00", "mon 08:00", "mun 08:00-18:00", "mon- 08:00-18:00", "mon,,tue 08:00-18:00",
		"mon tue 08:00-18:00", "08:00-18:00 Rome", "08:00-18:00 Europe/Rome now", "08:00-18:00 mon", "08:00-18:00-20:00",
	} {
		var w alert.Window
		if err := w.UnmarshalText([]byte(text)); !errors.Is(err, alert.ErrWindow) {
			t.Errorf("%q: %v, want ErrWindow", text, err)
		}
	}
}

// FuzzWindow: what can be read is read again from what it prints, and holds at the same times.
func FuzzWindow(f *testing.F) {
	f.Add("mon-fri 08:00-18:00 Europe/Rome", int64(1733900000))
	f.Add("sat,sun 22:00-06:00", int64(0))
	f.Add("00:00-24:00", int64(-1))
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		var w, again alert.Window
		if w.UnmarshalText([]byte(text)) != nil {
			return
		}
		at := time.Unix(seconds%(1<<36), 0)
		if err := again.UnmarshalText([]byte(w.String())); err != nil || again.Holds(at) != w.Holds(at) {
			t.Errorf("%q is read as %q, and that as %q, %v", text, w, again, err)
		}
	})
}

// In Santiago the clock is put forward at midnight, so that a day before half past twelve there may be no such time.
func TestWindowOverAMidnightThatDoesNotExist(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	var w alert.Window
	if err := w.UnmarshalText([]byte("sun 22:00-06:00 America/Santiago")); err != nil {
		t.Fatal(err)
	}
	if at := time.Date(2026, 9, 7, 0, 30, 0, 0, zone); !w.Holds(at) { // the clock was put forward on Sunday the 6th at midnight
		t.Errorf("the window is shut on %s", at)
	}
}
