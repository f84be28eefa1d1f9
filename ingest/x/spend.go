package x

import (
	"errors"
	"fmt"
	"time"
)

// DefaultPrice is what X asks for a post, and for a request for counts, in US dollars (2026, pay per use).
const DefaultPrice = 0.005

// DefaultPerMonth is the budget where none is set, in US dollars.
const DefaultPerMonth = 100.0

// DefaultAlarm is the share of a budget at which somebody is told.
const DefaultAlarm = 0.8

// Budget is what may be spent, in US dollars.
type Budget struct {
	// PerDay and PerMonth bound a day and a month of UTC, in which X counts; 0: no bound (PerMonth: DefaultPerMonth).
	PerDay, PerMonth float64
	// Price is what a post or a request for counts costs. 0: DefaultPrice.
	Price float64
	// Alarm is the share of either bound at which somebody is told, 0 to 1. 0: DefaultAlarm.
	Alarm float64
}

func (b *Budget) setDefaults() {
	for _, v := range []struct {
		value *float64
		usual float64
	}{{&b.PerMonth, DefaultPerMonth}, {&b.Price, DefaultPrice}, {&b.Alarm, DefaultAlarm}} {
		if *v.value == 0 {
			*v.value = v.usual
		}
	}
}

func (b *Budget) check() error {
	switch {
	case b.PerDay < 0 || b.PerMonth < 0 || b.Price < 0:
		return errors.New("x: a budget cannot be negative; leave it out for the usual one")
	case b.Alarm < 0 || b.Alarm > 1:
		return fmt.Errorf("x: the alarm is at %.2f of the budget; it must be a share from 0 to 1", b.Alarm)
	case b.PerDay > 0 && b.PerDay < b.Price || b.PerMonth < b.Price:
		return fmt.Errorf("x: a post costs $%.3f, which is more than the whole budget", b.Price)
	}
	return nil
}

// Spend is what was billed. It is part of the cursor, so that a restart forgets nothing.
type Spend struct {
	// Day is a date of UTC, and DayUnits how many posts and requests were billed on it.
	Day      string `json:"day,omitempty"`
	DayUnits int    `json:"day_units,omitempty"`
	// Month is such as 2026-11.
	Month      string `json:"month,omitempty"`
	MonthUnits int    `json:"month_units,omitempty"`
}

const monthLayout = "2006-01"

// At gives what was spent on the day and in the month of now: nothing, if the last that was spent was spent before.
func (s Spend) At(now time.Time) Spend {
	now = now.UTC()
	if day := now.Format(time.DateOnly); s.Day != day {
		s.Day, s.DayUnits = day, 0
	}
	if month := now.Format(monthLayout); s.Month != month {
		s.Month, s.MonthUnits = month, 0
	}
	return s
}

// Add gives what was spent once n more units are billed at now.
func (s Spend) Add(now time.Time, n int) Spend {
	s = s.At(now)
	s.DayUnits += n
	s.MonthUnits += n
	return s
}

// Level is how a Spend stands to a Budget.
type Level int

// The levels.
const (
	// Fine: there is enough left.
	Fine Level = iota
	// Alarmed: the alarm's share of a bound is spent.
	Alarmed
	// Stopped: a bound is reached.
	Stopped
)

// Judge says how what was spent stands to the budget at now; until is when a bound that is reached will no longer be.
func (b Budget) Judge(s Spend, now time.Time) (level Level, until time.Time) {
	now = now.UTC()
	s = s.At(now)
	day := now.Truncate(24*time.Hour).AddDate(0, 0, 1)
	month := time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	for _, bound := range []struct {
		dollars float64
		units   int
		until   time.Time
	}{{b.PerDay, s.DayUnits, day}, {b.PerMonth, s.MonthUnits, month}} {
		if bound.dollars <= 0 {
			continue
		}
		switch spent := float64(bound.units) * b.Price; {
		case spent >= bound.dollars:
			level, until = Stopped, bound.until
		case spent >= b.Alarm*bound.dollars && level < Alarmed:
			level = Alarmed
		}
	}
	return level, until
}

// Dollars is what was spent in the day and in the month.
func (b Budget) Dollars(s Spend) (day, month float64) {
	return float64(s.DayUnits) * b.Price, float64(s.MonthUnits) * b.Price
}

// SpentError says that the budget is used up.
type SpentError struct {
	// Day and Month are what was spent, in US dollars.
	Day, Month float64
	// Until is when the source goes on.
	Until time.Time
}

// Error implements error.
func (e *SpentError) Error() string {
	return fmt.Sprintf("the budget of x is used up: $%.2f today, $%.2f this month; it goes on at %s, or now with a larger budget_day or budget_month",
		e.Day, e.Month, e.Until.Format(time.RFC3339))
}
