package alert

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

// joinNames writes "A, B" + and + "C".
func joinNames(names []string, and string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + and + names[last]
}

func (t *tongue) severity(s event.Severity) string {
	if name, ok := t.severities[s]; ok {
		return name
	}
	return Clean(string(s), nameLength)
}

func (t *tongue) since(e *event.Event) string {
	onset := e.Data.OnsetAt
	switch {
	case onset.IsZero():
		return ""
	case isOver(e):
		return fmt.Sprintf(t.until, t.time(onset, e.Time), t.time(onset.Add(e.Lasted()), e.Time))
	}
	ago := e.Time.Sub(onset)
	if ago < time.Minute {
		return t.time(onset, e.Time) + " (" + t.justNow + ")"
	}
	return t.time(onset, e.Time) + " (" + fmt.Sprintf(t.ago, t.duration(ago)) + ")"
}

func (t *tongue) where(o *event.Outage) string {
	var parts []string
	switch o.Scope.Label {
	case "global":
		parts = append(parts, t.worldwide)
	case "partial":
		parts = append(parts, t.notEverybody)
	}
	top, more := topCountries(o)
	var countries []string
	for _, c := range top {
		name := t.country(c.Code)
		if share(c.Share) < 0.995 {
			name += " " + t.shareBesideUsual(c)
		}
		countries = append(countries, name)
	}
	if more > 0 && len(countries) > 0 {
		countries = append(countries, t.others(more))
	}
	if len(countries) > 0 {
		parts = append(parts, strings.Join(countries, ", "))
	}
	return strings.Join(parts, "; ")
}

// shareBesideUsual tells a country's share, and the usual one where the country stands out.
func (t *tongue) shareBesideUsual(c event.CountryShare) string {
	if usual := share(c.Usual); usual > 0 && c.Share >= standsOut*usual {
		return fmt.Sprintf(t.usually, t.share(c.Share), t.share(usual))
	}
	return t.share(c.Share)
}

func (t *tongue) sure(o *event.Outage) string {
	c := share(o.Confidence)
	phrase := t.possible
	switch {
	case c == 0:
		return ""
	case c >= 0.995:
		return fmt.Sprintf(t.certain, fmt.Sprintf(t.percent, 99))
	case c >= 0.95:
		phrase = t.nearlyCertain
	case c >= 0.8:
		phrase = t.veryLikely
	case c >= 0.5:
		phrase = t.likely
	}
	return fmt.Sprintf(phrase, t.share(o.Confidence))
}

func (t *tongue) topSymptoms(o *event.Outage) string {
	var parts []string
	for _, s := range topSymptoms(o) {
		parts = append(parts, t.symptom(s.ID)+" "+t.share(s.Share))
	}
	return strings.Join(parts, ", ")
}

func (t *tongue) symptom(id string) string {
	if name, ok := t.symptoms[event.Symptom(id)]; ok {
		return name
	}
	return Clean(id, nameLength)
}

// voices says how many complain, or did.
func (t *tongue) voices(e *event.Event) string {
	v, complain := &e.Data.Evidence, t.complain
	if !(v.Voices > 0) {
		return ""
	}
	if isOver(e) {
		complain = t.complained
	}
	return fmt.Sprintf(complain, t.count(v.Voices), t.count(v.Usual))
}

func (t *tongue) evidence(e *event.Event) string {
	v, text := &e.Data.Evidence, t.voices(e)
	if text != "" && v.Posts > 0 {
		text += "; " + fmt.Sprintf(t.posts, t.count(float64(v.Posts)))
		if sources := cleanAll(v.Sources, nameLength, maxServices); len(sources) > 0 {
			for i := range sources {
				sources[i] = SourceName(sources[i])
			}
			text += fmt.Sprintf(t.on, t.list(sources, maxServices))
		}
	}
	return text
}

// peakOf is how many complained when most did, of an outage that was one.
func (t *tongue) peakOf(o *event.Outage) string {
	if o.ConfirmedAt == nil || !(o.Evidence.Peak > 0) {
		return ""
	}
	return fmt.Sprintf(t.peak, t.count(o.Evidence.Peak))
}

func (t *tongue) official(e *event.Event) string {
	o := &e.Data
	switch {
	case o.AcknowledgedAt == nil && isOver(e):
		return t.noneWhileItLasted
	case o.AcknowledgedAt == nil:
		return t.noneYet
	}
	text := fmt.Sprintf(t.acknowledgedAt, t.time(*o.AcknowledgedAt, e.Time))
	if o.LeadTimeS == nil || math.IsNaN(*o.LeadTimeS) || math.Abs(*o.LeadTimeS) > 1e7 {
		return text
	}
	lead := time.Duration(*o.LeadTimeS * float64(time.Second))
	switch {
	case lead >= time.Minute:
		return text + ", " + fmt.Sprintf(t.afterAlarm, t.duration(lead))
	case lead <= -time.Minute:
		return text + ", " + fmt.Sprintf(t.beforeAlarm, t.duration(-lead))
	}
	return text + ", " + t.withAlarm
}

// progress tells services apart once they stand differently.
func (t *tongue) progress(o *event.Outage) string {
	var parts []string
	for _, group := range []struct {
		text   string
		phases []event.Phase
	}{
		{t.groupDown, []event.Phase{event.Suspected, event.Confirmed}},
		{t.groupRecovering, []event.Phase{event.Recovering}},
		{t.groupBack, []event.Phase{event.Resolved}},
	} {
		if names := namesIn(o, group.phases...); len(names) > 0 {
			parts = append(parts, group.text+t.colon+t.list(names, maxServices))
		}
	}
	if len(parts) < 2 {
		return ""
	}
	return strings.Join(parts, "; ")
}

func (t *tongue) bystanders(o *event.Outage) []Line {
	var lines []Line
	for _, group := range []struct {
		role  event.Role
		label string
	}{{event.RoleBlamed, t.labels.blamed}, {event.RoleRefuge, t.labels.refuge}, {event.RoleJoke, t.labels.joke}} {
		if names := namesOf(o, group.role); len(names) > 0 {
			lines = append(lines, Line{group.label, t.list(names, maxServices)})
		}
	}
	return lines
}

// time gives the time of day, and the day if it is not that of now.
func (t *tongue) time(at, now time.Time) string {
	at, now = at.In(t.zone), now.In(t.zone)
	switch {
	case at.Year() != now.Year():
		return at.Format(t.clockYear)
	case at.YearDay() != now.YearDay():
		return at.Format(t.clockDay)
	}
	return at.Format(t.clock)
}

func (t *tongue) duration(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch {
	case minutes < 1:
		return t.lessThanAMinute
	case minutes < 60:
		return fmt.Sprintf(t.minutes, minutes)
	case minutes < 48*60:
		return fmt.Sprintf(t.hours, minutes/60, minutes%60)
	}
	return fmt.Sprintf(t.days, minutes/(24*60), minutes/60%24)
}

func (t *tongue) country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return Clean(code, nameLength)
	}
	if name := t.regions.Name(region); name != "" {
		return name
	}
	return display.English.Regions().Name(region)
}

func (t *tongue) share(x float64) string {
	percent := int(math.Round(share(x) * 100))
	if percent == 0 {
		return t.underOnePercent
	}
	return fmt.Sprintf(t.percent, percent)
}

// count rounds a weight to a whole number and groups its digits.
func (t *tongue) count(x float64) string {
	switch {
	case math.IsNaN(x) || x < 0:
		return t.notKnown
	case x < 0.5:
		return t.fewerThanOne
	case x > 1e12:
		return t.tooMany
	}
	digits := strconv.FormatInt(int64(math.Round(x)), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + t.thousands + digits[i:]
	}
	return digits
}
