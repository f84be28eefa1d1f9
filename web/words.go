package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/biter777/countries"

	"github.com/outcry/outcry/event"
)

// count writes a number with separated thousands: 2,140. What is below ten keeps a decimal: 3.1.
func count(v float64) string {
	if v > 0 && v < 0.1 {
		return "<0.1"
	}
	if v < 10 && v != math.Trunc(v) {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	digits := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// people writes how many people there are, of whom a part is none.
func people(v float64) string {
	if v > 0 && v < 1 {
		return "fewer than 1"
	}
	return count(math.Round(v))
}

// onNetworks says where something was written: " on Bluesky and X".
func onNetworks(sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	names := make([]string, 0, len(sources))
	for _, source := range sources {
		names = append(names, networkWord(source))
	}
	last := len(names) - 1
	if last == 0 {
		return " on " + names[0]
	}
	return " on " + strings.Join(names[:last], ", ") + " and " + names[last]
}

// percent writes a share: 31%. What is not nothing or all does not round to it.
func percent(share float64) string {
	switch {
	case share > 0 && share < 0.01:
		return "<1%"
	case share > 0.99 && share < 1:
		return ">99%"
	}
	return strconv.FormatFloat(100*share, 'f', 0, 64) + "%"
}

// span writes how long something took, in the two largest units: 2 h 05 min.
func span(d time.Duration) string {
	minutes := int(max(d, 0).Round(time.Minute) / time.Minute)
	switch hours := minutes / 60; {
	case d < time.Minute:
		return "less than a minute"
	case minutes < 60:
		return strconv.Itoa(minutes) + " min"
	case hours < 48:
		return fmt.Sprintf("%d h %02d min", hours, minutes%60)
	default:
		return fmt.Sprintf("%d days %d h", hours/24, hours%24)
	}
}

// clock writes a time as people say it on the day of now: 15:41 UTC, and with the date on other days.
func clock(at, now time.Time) string {
	at, now = at.UTC(), now.UTC()
	switch {
	case at.Year() != now.Year():
		return at.Format("2 Jan 2006 15:04 UTC")
	case at.YearDay() != now.YearDay():
		return at.Format("2 Jan 15:04 UTC")
	}
	return at.Format("15:04 UTC")
}

// chance writes a probability that may be very small: 1e-40.
func chance(p float64) string {
	if p <= 0 {
		return "less than 1e-300"
	}
	return strconv.FormatFloat(p, 'g', 2, 64)
}

// phaseWord says a phase to people.
func phaseWord(phase event.Phase) string {
	switch phase {
	case event.Suspected:
		return "Suspected"
	case event.Confirmed:
		return "Confirmed"
	case event.Recovering:
		return "Recovering"
	case event.Resolved:
		return "Resolved"
	}
	return string(phase)
}

// severityWord says a severity to people.
func severityWord(severity event.Severity) string {
	switch severity {
	case event.Minor:
		return "Minor"
	case event.Major:
		return "Major"
	case event.Critical:
		return "Critical"
	}
	return string(severity)
}

// roleWord says a role to people, in an outage that goes on or is over.
func roleWord(role event.Role, over bool) string {
	was := ""
	if over {
		was = "was "
	}
	switch role {
	case event.RoleDown:
		return was + "down"
	case event.RoleDependent:
		return was + "affected"
	case event.RoleBlamed:
		return "blamed, not down"
	case event.RoleRefuge:
		return "refuge, not down"
	case event.RoleJoke:
		return "joked about"
	}
	return string(role)
}

// symptomWord says to people which part fails.
func symptomWord(symptom string) string {
	switch event.Symptom(symptom) {
	case event.Connection:
		return "no connection"
	case event.Login:
		return "signing in"
	case event.Feed:
		return "feed"
	case event.Messages:
		return "messages"
	case event.Media:
		return "photos and media"
	case event.Video:
		return "video"
	case event.Calls:
		return "calls"
	case event.Crash:
		return "crashes"
	case event.Payments:
		return "payments"
	case event.Account:
		return "accounts"
	case event.OtherSymptom:
		return "something else"
	}
	return symptom
}

// countryWord gives the English name behind an ISO 3166 alpha-2 code, or the code itself where there is none.
func countryWord(code string) string {
	if country := countries.ByName(code); country != countries.Unknown {
		return country.String()
	}
	return code
}

// causeWord says what the services of an outage have in common; "" where it is one service by itself.
func causeWord(cause *event.Cause) string {
	if cause == nil {
		return ""
	}
	switch cause.Basis {
	case "self":
		return ""
	case "owner":
		return "they belong to " + cause.Service
	case "dependency":
		return "they depend on " + cause.Service
	}
	return cause.Service + " (" + cause.Basis + ")"
}

// networkWord writes the networks as they write themselves.
func networkWord(source string) string {
	switch source {
	case "x":
		return "X"
	case "bluesky":
		return "Bluesky"
	case "mastodon":
		return "Mastodon"
	}
	return source
}

// scopeWord says to people how far it reaches.
func scopeWord(label string) string {
	switch label {
	case "global":
		return "worldwide"
	case "regional":
		return "in some countries"
	case "partial":
		return "not everybody, or not everything"
	}
	return ""
}

// happened says what an event tells.
func happened(t event.Type) string {
	switch t {
	case event.TypeSuspected:
		return "Suspected: more complaints than usual"
	case event.TypeConfirmed:
		return "Confirmed"
	case event.TypeChanged:
		return "Changed"
	case event.TypeAcknowledged:
		return "Official word: the service says so"
	case event.TypeRecovering:
		return "Recovering: complaints are falling"
	case event.TypeRelapsed:
		return "Relapsed: another wave"
	case event.TypeResolved:
		return "Resolved"
	}
	return string(t)
}

// titled gives the name of an outage with the services that are down, unless they say the same.
func titled(o event.Outage) (name, detail string) {
	var down []string
	for _, service := range o.Services {
		if service.Role == event.RoleDown && service.Name != o.Name {
			down = append(down, service.Name)
		}
	}
	return o.Name, strings.Join(down, ", ")
}
