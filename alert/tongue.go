package alert

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language/display"

	"github.com/outcry/outcry/event"
)

func tongues() map[string]func() tongue {
	return map[string]func() tongue{"en": english, "it": italian, "es": spanish, "pt": portuguese, "fr": french, "de": german}
}

// Languages are the ISO 639 codes of those in which notices can be written, in order.
func Languages() []string { return slices.Sorted(maps.Keys(tongues())) }

// Speak gives the language of a code, with the times of day in a zone (nil: UTC); nil if there are no words in it.
func Speak(code string, zone *time.Location) Language {
	make, ok := tongues()[code]
	if !ok {
		return nil
	}
	t := make()
	t.code = code
	if t.zone = zone; zone == nil {
		t.zone = time.UTC
	}
	return t.words
}

// English puts an event into English words, with the times in UTC.
func English(e *event.Event) Words { return Speak("en", nil)(e) }

// number is a phrase about one and about several; %s is who.
type number struct{ one, many string }

func (n number) of(several bool) string {
	if several {
		return n.many
	}
	return n.one
}

// tongue is a language as a table of phrases. The sentences are made so that no phrase has to agree with a name; only the
// number of the services counts.
type tongue struct {
	code string
	zone *time.Location

	down, downAgain, stillDown              number
	maybe, maybeAgain                       number
	recovering, stillRecovering             number
	back, backAfter                         number // backAfter has a second %s: how long it lasted
	with                                    number // who suffers along with one, or with several
	acknowledged, notHeld                   string // of %s
	officially, worse, partly, mostly, only string // what follows a headline; %s of mostly and only is a country
	articled, article                       string // which countries have an article there, by their codes, and which
	and                                     string
	more                                    number // %d

	labels     labels
	drawing    Drawing
	headings   Headings
	buttons    Buttons
	severities map[event.Severity]string
	symptoms   map[event.Symptom]string

	justNow, ago, until                                  string
	worldwide, notEverybody                              string
	certain, nearlyCertain, veryLikely, likely, possible string // of a percentage
	complain, complained, usually, posts, on, peak       string
	noneYet, noneWhileItLasted                           string
	acknowledgedAt, afterAlarm, beforeAlarm, withAlarm   string
	taken                                                string // by %s at %s
	mutedUntil, mutedForGood                             string // until %s, by %s
	groupDown, groupRecovering, groupBack                string
	notKnown, fewerThanOne, tooMany, underOnePercent     string
	lessThanAMinute, minutes, hours, days                string
	percent, thousands, colon                            string
	// Layouts of package time: the time of day; with the day; with the year; and the other way round.
	clock, clockDay, clockYear, moment string
	reference, details                 string
	regions                            display.Namer
}

// labels are what the lines are about.
type labels struct {
	since, lasted, where, cities, severity, sure, symptoms, evidence, peak, official, progress, taken, muted string
	blamed, refuge, joke                                                                                     string
}

// words puts e into the language.
func (t *tongue) words(e *event.Event) Words {
	o := &e.Data
	w := Words{
		Headline: t.headline(e),
		Since:    Line{t.labels.since, t.since(e)},
		Where:    Line{t.labels.where, t.where(o)},
		Cities:   Line{t.labels.cities, strings.Join(cleanAll(o.Scope.Places, nameLength, maxPlaces), ", ")}, // in their own spelling
		Severity: Line{t.labels.severity, t.severity(o.Severity)},
		Evidence: Line{t.labels.evidence, t.evidence(e)},
		Official: Line{t.labels.official, t.official(e)},

		Code:      t.code,
		Moment:    e.Time.In(t.zone).Format(t.moment),
		Reference: fmt.Sprintf(t.reference, Clean(o.ID, idLength), o.Seq),
		Details:   t.details,
		Colon:     t.colon,
		Drawing:   t.drawn(e),
		Headings:  t.headings,
		Buttons:   t.buttons,
		Country:   t.country,
		Symptom:   t.symptom,
		Count:     t.count,
		Share:     t.share,
		Time:      func(at time.Time) string { return t.time(at, e.Time) },
		Taken: func(by string, at time.Time) Line {
			return Line{t.labels.taken, fmt.Sprintf(t.taken, Clean(by, nameLength), t.time(at, e.Time))}
		},
		Muted: func(by string, until *time.Time) Line {
			if by = Clean(by, nameLength); until == nil {
				return Line{t.labels.muted, fmt.Sprintf(t.mutedForGood, by)}
			}
			return Line{t.labels.muted, fmt.Sprintf(t.mutedUntil, t.time(*until, e.Time), by)}
		},
	}
	if isOver(e) {
		// Who hears that it is over need not hear once more what it was like.
		w.Since.Label = t.labels.lasted
		w.Peak = Line{t.labels.peak, t.peakOf(o)}
		return w
	}
	w.Sure = Line{t.labels.sure, t.sure(o)}
	w.Symptoms = Line{t.labels.symptoms, t.topSymptoms(o)}
	w.Phrases = cleanAll(o.Evidence.Phrases, phraseLength, maxPhrases)
	w.Progress = Line{t.labels.progress, t.progress(o)}
	w.Bystanders = t.bystanders(o)
	return w
}

// drawn is what stands on a picture.
func (t *tongue) drawn(e *event.Event) Drawing {
	d := t.drawing
	d.Note, d.Zone, d.Thousands = t.voices(e), t.zone, t.thousands
	return d
}

// headline says who, and what about them.
func (t *tongue) headline(e *event.Event) string {
	who, several, with := t.who(e)
	say := func(n number) string { return fmt.Sprintf(n.of(several), who) }
	again := e.Data.Waves > 1 || e.Kind() == event.TypeRelapsed
	down, maybe := t.down, t.maybe
	if again {
		down, maybe = t.downAgain, t.maybeAgain
	}
	switch e.Kind() {
	case event.TypeSuspected:
		return say(maybe) + t.reach(&e.Data)
	case event.TypeAcknowledged:
		if e.Data.Phase == event.Confirmed {
			return say(down) + t.reach(&e.Data) + with + t.officially
		}
		return fmt.Sprintf(t.acknowledged, who)
	case event.TypeRecovering:
		return say(t.recovering) + with
	case event.TypeResolved:
		if !wasConfirmed(e) {
			return fmt.Sprintf(t.notHeld, who)
		}
		return fmt.Sprintf(t.backAfter.of(several), who, t.duration(e.Lasted()))
	case event.TypeChanged, TypeReminder, TypeTaken:
		return t.changed(e, say, with)
	default:
		return say(down) + t.reach(&e.Data) + with
	}
}

// changed tells of a change by the phase that it left the outage in.
func (t *tongue) changed(e *event.Event, say func(number) string, with string) string {
	switch e.Data.Phase {
	case event.Suspected:
		return say(t.maybe) + t.reach(&e.Data)
	case event.Recovering:
		return say(t.stillRecovering) + with
	case event.Resolved:
		return say(t.back)
	case event.Confirmed:
	}
	if e.Kind() != event.TypeChanged {
		return say(t.stillDown) + t.reach(&e.Data) + with
	}
	return say(t.down) + t.reach(&e.Data) + with + t.worse
}

// who names who is down, whether those are several, and who suffers along.
func (t *tongue) who(e *event.Event) (who string, several bool, with string) {
	title := titleOf(e)
	down, dependent := namesOf(&e.Data, event.RoleDown), namesOf(&e.Data, event.RoleDependent)
	if len(down) == 0 {
		down, dependent = dependent, nil
	}
	who, several = title+t.colon+t.list(down, maxServices), len(down) > 1
	switch {
	case len(down) == 0:
		who = title
	case several:
	case down[0] == title || len(dependent) > 0:
		who = down[0]
	}
	if len(dependent) > 0 {
		with = fmt.Sprintf(t.with.of(several), t.list(dependent, maxServices))
	}
	return who, several, with
}

// reach says how far it reaches where that belongs into the headline.
func (t *tongue) reach(o *event.Outage) string {
	if isPartial(o) {
		return t.partly
	}
	top, _ := topCountries(o)
	if o.Scope.Label != "regional" || len(top) == 0 {
		return ""
	}
	switch country := t.articleOf(top[0].Code) + t.country(top[0].Code); {
	case top[0].Share >= 0.9:
		return fmt.Sprintf(t.only, country)
	case top[0].Share >= 0.6:
		return fmt.Sprintf(t.mostly, country)
	}
	return ""
}

// articleOf is what stands before the name of a country in a headline.
func (t *tongue) articleOf(code string) string {
	if slices.Contains(strings.Fields(t.articled), code) {
		return t.article
	}
	return ""
}

// others counts those that are not named.
func (t *tongue) others(n int) string { return fmt.Sprintf(t.more.of(n != 1), n) }

// list joins names and counts those beyond most.
func (t *tongue) list(names []string, most int) string {
	if len(names) > most+1 {
		names = append(slices.Clone(names[:most]), t.others(len(names)-most))
	}
	if len(names) < 2 {
		return joinNames(names, "")
	}
	return joinNames(names, t.and)
}
