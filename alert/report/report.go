package report

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/chart"
)

// Report is one outage, written up.
type Report struct {
	life     []event.Event
	heard    *Heard
	language alert.Language

	last *event.Event
	// words are those of the last event. Where it says that all is over, and so leaves out what it was like, full are those that do not.
	words, full alert.Words
	end         time.Time
}

// New writes an outage up after the events of its life, in order, and what was heard. language nil is English.
func New(life []event.Event, heard *Heard, language alert.Language) (*Report, error) {
	if len(life) == 0 {
		return nil, errors.New("an outage of which no event is known cannot be reported on")
	}
	last := &life[len(life)-1]
	going := event.NewEvent(event.TypeChanged, last.Subject, last.Time, last.Data)
	return &Report{
		life: life, heard: heard, language: language,
		last: last, words: alert.InWords(last, language), full: alert.InWords(&going, language), end: heard.end(last.Time),
	}, nil
}

// chart is the picture of the outage.
func (r *Report) chart() chart.Chart { return Chart(r.life, r.heard, r.language) }

// PNG is the picture alone. The error is chart.ErrNothing where there is nothing to draw.
func (r *Report) PNG() ([]byte, error) { return r.chart().PNG() }

// DarkPNG is the picture for pages that are dark.
func (r *Report) DarkPNG() ([]byte, error) {
	c := r.chart()
	c.Dark = true
	return c.PNG()
}

// minute is a line of the numbers.
type minute struct {
	At     time.Time `json:"at"`
	Voices float64   `json:"voices"`
	Usual  float64   `json:"usual"`
}

// minutes are the numbers behind the picture: of each minute when it began.
func (r *Report) minutes() []minute {
	all := []minute{}
	for _, p := range r.chart().Points {
		all = append(all, minute{p.At.Add(-time.Minute), p.Voices, p.Usual})
	}
	return all
}

// JSON is the report for machines: the newest event, all of them, and the voices of each minute. It ends with a line break.
func (r *Report) JSON() ([]byte, error) {
	body, err := json.Marshal(struct {
		Outage  *event.Event  `json:"outage"`
		Course  []event.Event `json:"course"`
		Minutes []minute      `json:"minutes"`
	}{r.last, r.life, r.minutes()})
	return append(body, '\n'), err
}

// lines are what there is to say of the outage.
func (r *Report) lines() []alert.Line {
	w := r.words
	w.Sure, w.Symptoms, w.Bystanders = r.full.Sure, r.full.Symptoms, r.full.Bystanders
	w.Progress = alert.Line{} // the table of services says it
	return w.Lines()
}

// The most of a list that is written; all of it is in the JSON.
const (
	maxPhrases   = 12
	maxPosts     = 20
	maxCountries = 12
	phraseLength = 80
	nameLength   = 60
	maxURL       = 1000
)

// phrases are people's own words.
func (r *Report) phrases() []string {
	var all []string
	seen := make(map[string]bool)
	for _, phrase := range r.last.Data.Evidence.Phrases {
		phrase = alert.Clean(phrase, phraseLength)
		if folded := strings.ToLower(phrase); phrase != "" && !seen[folded] && len(all) < maxPhrases {
			seen[folded] = true
			all = append(all, phrase)
		}
	}
	return all
}

// post is one of the posts: when and where, and its address if it has one.
type post struct{ text, url string }

func (r *Report) posts() []post {
	var all []post
	for _, p := range r.last.Data.Evidence.PostsSample {
		if len(all) < maxPosts {
			all = append(all, post{r.words.Time(p.At) + ", " + alert.SourceName(p.Source), alert.CleanURL(p.URL, maxURL)})
		}
	}
	return all
}

// service is one of the services in the outage.
type service struct {
	name, role, people, usual string
	down                      bool
	minutes                   []float64
	perMinute, onset          float64 // onset: as a share of the minutes
}

func (r *Report) services() []service {
	var all []service
	onset := float64(r.last.Data.OnsetAt.Sub(r.heard.from)) / float64(max(r.end.Sub(r.heard.from), 1))
	for _, s := range r.last.Data.Services {
		role, known := r.words.Headings.Roles[s.Role]
		if !known {
			role = alert.Clean(string(s.Role), nameLength)
		}
		all = append(all, service{
			name: alert.Clean(s.Name, nameLength), role: role, people: r.words.Count(s.Voices), usual: r.words.Count(s.Usual),
			down:    s.Role == event.RoleDown || s.Role == event.RoleDependent,
			minutes: r.heard.series(s.ID, r.end), perMinute: perMinute(r.last, s.Usual), onset: onset,
		})
	}
	return all
}

// share is a word with a share between 0 and 1.
type share struct {
	word  string
	share float64
}

func (r *Report) countries() []share {
	var all []share
	for _, c := range r.last.Data.Scope.Countries {
		if len(all) < maxCountries {
			all = append(all, share{r.words.Country(c.Code), c.Share})
		}
	}
	return all
}

func (r *Report) symptoms() []share {
	var all []share
	for _, s := range r.last.Data.Symptoms {
		all = append(all, share{r.words.Symptom(s.ID), s.Share})
	}
	return all
}

// step is an event of the course.
type step struct{ time, headline, people string }

func (r *Report) course() []step {
	var all []step
	for i := range r.life {
		w := alert.InWords(&r.life[i], r.language)
		all = append(all, step{r.words.Time(r.life[i].Time), w.Headline, w.Evidence.Text})
	}
	return all
}
