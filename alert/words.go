package alert

import (
	"time"

	"github.com/outcry/outcry/event"
)

// Words is an event in the words of one language. No text holds a line break or a control character.
type Words struct {
	// Headline says everything that matters most: "WhatsApp is down".
	Headline string
	// Since is when people began to feel it; for an outage that is over, from when to when.
	Since Line
	// Where says how far it reaches, and names countries; Cities names cities, in their own spelling.
	Where  Line
	Cities Line
	// Severity is how grave it is, and Sure how sure.
	Severity Line
	Sure     Line
	// Symptoms is what is said to fail; Phrases are people's own words, unquoted. These are strangers' texts.
	Symptoms Line
	Phrases  []string
	// Evidence is how many complain against how many usually do; Peak, of an outage that is over, how many did at its peak.
	Evidence Line
	Peak     Line
	// Official is what the company says.
	Official Line
	// Progress tells services apart that do not stand alike: "still down: Instagram; back: Facebook".
	Progress Line
	// Code is the ISO 639 code of the language.
	Code string
	// Moment is when the event happened, with its day; Reference names outage and event, as support would ask for them;
	// Details is the word for the outage's page.
	Moment, Reference, Details string
	// Colon stands between a label and its text.
	Colon string
	// Drawing is what stands on a picture of the outage, Headings over the parts of a report, and Buttons on those that people press.
	Drawing  Drawing
	Headings Headings
	Buttons  Buttons
	// Time is a moment as the texts write it: the time of day, and the day if it is another than the event's.
	Time func(at time.Time) string
	// Country and Symptom name what has such an id; Count and Share write numbers. All do it as the texts do.
	Country, Symptom func(id string) string
	Count, Share     func(x float64) string
	// Taken says who has taken the outage over, and when.
	Taken func(by string, at time.Time) Line
	// Muted says who does not want to hear of it, and until when; nil: until it is over.
	Muted func(by string, until *time.Time) Line
	// Bystanders are the services that are loud for another's fault, one line a role.
	Bystanders []Line
}

// Drawing is what stands on a picture of how loud people are.
type Drawing struct {
	// Note says in a few words how many complain. Voices and Usual name the two lines, Onset and Official the two moments.
	Note, Voices, Usual, Onset, Official string
	// Phases names the phases.
	Phases map[event.Phase]string
	// Date is how a day is written, as a layout of package time; Zone is that of the times of day.
	Date string
	Zone *time.Location
	// Thousands stands between groups of three digits.
	Thousands string
	// Alt says what the picture shows to who cannot see it.
	Alt string
}

// Headings are what stands over the parts of a report on an outage.
type Headings struct {
	// Services is over a table with the columns Service, Part and People; Phrases over people's own words, Posts over links to what they
	// wrote, Course over the events, and Numbers over a table of what was heard by the Minute.
	Services, Service, Part, People, Phrases, Posts, Course, Numbers, Minute string
	// Roles names the parts that services play.
	Roles map[event.Role]string
}

// Buttons are what people can do about an outage.
type Buttons struct {
	TakeOver, MuteHour, Mute string
}

// Line is a text and what it is about. An empty Text means that there is nothing to say.
type Line struct {
	Label, Text string
}

// Lines are all lines that have something to say, except people's own words, in the order in which to read them.
func (w Words) Lines() []Line {
	all := []Line{w.Progress, w.Since, w.Where, w.Severity, w.Sure, w.Symptoms, w.Official, w.Evidence, w.Peak, w.Cities}
	all = append(all, w.Bystanders...)
	var said []Line
	for _, line := range all {
		if line.Text != "" {
			said = append(said, line)
		}
	}
	return said
}

// Language puts an event into words, such as English and those that Speak gives. What to name, and in which order, is
// chosen in facts.go for all of them.
type Language func(e *event.Event) Words

// InWords puts e into a language; nil is English.
func InWords(e *event.Event, language Language) Words {
	if language == nil {
		return English(e)
	}
	return language(e)
}
