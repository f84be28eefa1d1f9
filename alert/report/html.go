package report

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"strconv"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/internal/chart"
	"github.com/outcry/outcry/internal/hypertext"
)

//go:embed report.css
var sheet string

// HTML is the report as a page in one file that fetches nothing.
func (r *Report) HTML() ([]byte, error) {
	var w hypertext.Writer
	w.Doctype()
	w.Open("html", "lang", r.words.Code)
	w.Open("head")
	w.Open("meta", "charset", "utf-8")
	w.Open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
	w.Element("title", r.words.Headline)
	w.Style(sheet)
	w.Shut("head")
	w.Line()
	w.Open("body")
	w.Element("h1", r.words.Headline)
	w.Element("p", r.words.Moment+" · "+r.words.Reference, "class", "meta")
	if err := r.picture(&w); err != nil && !errors.Is(err, chart.ErrNothing) {
		return nil, err
	}
	r.factList(&w)
	r.serviceTable(&w)
	w.Open("div", "class", "pair")
	shareList(&w, r.full.Symptoms.Label, r.symptoms(), r.words)
	shareList(&w, r.words.Where.Label, r.countries(), r.words)
	w.Shut("div")
	r.wordList(&w)
	r.courseList(&w)
	r.postList(&w)
	r.numberTable(&w)
	w.Shut("body", "html")
	w.Line()
	return []byte(w.String()), nil
}

// picture writes the chart, for bright screens and paper, and for dark screens.
func (r *Report) picture(w *hypertext.Writer) error {
	light, err := r.PNG()
	if err != nil {
		return err
	}
	dark, err := r.DarkPNG()
	if err != nil {
		return err
	}
	const kind = "data:image/png;base64,"
	w.Open("picture")
	w.Open("source", "srcset", kind+base64.StdEncoding.EncodeToString(dark), "media", "screen and (prefers-color-scheme: dark)")
	w.Open("img", "src", kind+base64.StdEncoding.EncodeToString(light), "alt", r.words.Drawing.Alt+r.words.Colon+r.words.Evidence.Text)
	w.Shut("picture")
	w.Line()
	return nil
}

func (r *Report) factList(w *hypertext.Writer) {
	w.Open("dl")
	for _, line := range r.lines() {
		w.Element("dt", line.Label)
		w.Element("dd", line.Text)
	}
	if page := alert.CleanURL(r.last.Data.URL, maxURL); page != "" {
		w.Element("dt", r.words.Details)
		w.Open("dd")
		w.Link(page, page)
		w.Shut("dd")
	}
	w.Shut("dl")
	w.Line()
}

func (r *Report) serviceTable(w *hypertext.Writer) {
	h := &r.words.Headings
	w.Element("h2", h.Services)
	w.Open("table", "class", "services")
	w.Open("thead")
	w.Open("tr")
	for _, title := range []string{h.Service, h.Part, r.words.Drawing.Voices} {
		w.Element("th", title, "scope", "col")
	}
	for _, title := range []string{h.People, r.words.Drawing.Usual} {
		w.Element("th", title, "scope", "col", "class", "number")
	}
	w.Shut("tr", "thead")
	w.Open("tbody")
	for _, s := range r.services() {
		class := "aside"
		if s.down {
			class = "hit"
		}
		w.Open("tr", "class", class)
		w.Element("th", s.name, "scope", "row")
		w.Element("td", s.role)
		w.Open("td")
		if len(s.minutes) > 0 {
			w.Curve(hypertext.Curve{Values: s.minutes, Usual: s.perMinute, Onset: s.onset, Label: s.name + r.words.Colon + r.words.Drawing.Alt})
		}
		w.Shut("td")
		w.Element("td", s.people, "class", "number")
		w.Element("td", s.usual, "class", "number")
		w.Shut("tr")
		w.Line()
	}
	w.Shut("tbody", "table")
	w.Line()
}

func shareList(w *hypertext.Writer, title string, shares []share, words alert.Words) {
	if len(shares) == 0 {
		return
	}
	w.Open("section")
	w.Element("h2", title)
	w.Open("ul", "class", "shares")
	for _, s := range shares {
		w.Open("li")
		w.Element("span", s.word)
		w.Bar(s.share)
		w.Element("span", words.Share(s.share), "class", "number")
		w.Shut("li")
	}
	w.Shut("ul", "section")
	w.Line()
}

func (r *Report) wordList(w *hypertext.Writer) {
	phrases := r.phrases()
	if len(phrases) == 0 {
		return
	}
	w.Element("h2", r.words.Headings.Phrases)
	w.Open("p", "class", "phrases")
	for _, phrase := range phrases {
		w.Element("bdi", phrase)
		w.Text(" ")
	}
	w.Shut("p")
	w.Line()
}

func (r *Report) courseList(w *hypertext.Writer) {
	w.Element("h2", r.words.Headings.Course)
	w.Open("ol", "class", "course")
	for i, s := range r.course() {
		w.Open("li")
		w.Element("time", s.time, "datetime", r.life[i].Time.UTC().Format(time.RFC3339))
		w.Element("b", s.headline)
		if s.people != "" {
			w.Element("small", s.people)
		}
		w.Shut("li")
		w.Line()
	}
	w.Shut("ol")
}

func (r *Report) postList(w *hypertext.Writer) {
	posts := r.posts()
	if len(posts) == 0 {
		return
	}
	w.Element("h2", r.words.Headings.Posts)
	w.Open("ul", "class", "posts")
	for _, p := range posts {
		w.Open("li")
		w.Link(p.text, p.url)
		w.Shut("li")
	}
	w.Shut("ul")
	w.Line()
}

func (r *Report) numberTable(w *hypertext.Writer) {
	minutes := r.minutes()
	if len(minutes) == 0 {
		return
	}
	w.Open("details")
	w.Element("summary", r.words.Headings.Numbers)
	w.Open("table")
	w.Open("thead")
	w.Open("tr")
	w.Element("th", r.words.Headings.Minute, "scope", "col")
	w.Element("th", r.words.Drawing.Voices, "scope", "col", "class", "number")
	w.Element("th", r.words.Drawing.Usual, "scope", "col", "class", "number")
	w.Shut("tr", "thead")
	w.Open("tbody")
	for _, m := range minutes {
		w.Open("tr")
		w.Element("td", r.words.Time(m.At))
		w.Element("td", tenths(m.Voices), "class", "number")
		w.Element("td", tenths(m.Usual), "class", "number")
		w.Shut("tr")
		w.Line()
	}
	w.Shut("tbody", "table", "details")
	w.Line()
}

// tenths writes a number that is one of many in a column.
func tenths(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
