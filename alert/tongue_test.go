package alert_test

import (
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/event"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestEveryLanguage writes every life in every language, for people who read it to look at.
func TestEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, code := range alert.Languages() {
		language := alert.Speak(code, nil)
		var b strings.Builder
		for _, named := range alerttest.Lives() {
			w := language(&named.Event)
			b.WriteString("──── " + named.Name + "\n" + w.Headline + "\n")
			for _, line := range w.Lines() {
				b.WriteString("  " + line.Label + ": " + line.Text + "\n")
			}
			b.WriteString("  · " + w.Moment + " · " + w.Reference + " · " + w.Details + "\n")
		}
		alerttest.Golden(t, *update, "words-"+code+".txt", b.String())
	}
}

// TestLanguagesSayTheSame holds every language to saying something wherever English does, and nothing where it does not.
func TestLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	all := alert.Languages()
	diff(t, "languages", []string{"de", "en", "es", "fr", "it", "pt"}, all)
	if alert.Speak("tlh", nil) != nil {
		t.Error("there are words in a language that is none of these")
	}
	for _, named := range alerttest.Lives() {
		for _, code := range all {
			sayTheSame(t, named.Name+" in "+code, alert.English(&named.Event), alert.Speak(code, nil)(&named.Event))
		}
	}
}

func sayTheSame(t *testing.T, what string, want, got alert.Words) {
	t.Helper()
	a, b := want.Lines(), got.Lines()
	if len(a) != len(b) || len(want.Phrases) != len(got.Phrases) {
		t.Errorf("%s has %d lines and %d phrases, English %d and %d", what, len(b), len(got.Phrases), len(a), len(want.Phrases))
	}
	texts := []string{got.Headline, got.Moment, got.Reference, got.Details}
	for _, line := range b {
		texts = append(texts, line.Label, line.Text)
	}
	for _, text := range texts {
		if text == "" || strings.Contains(text, "%!") || strings.ContainsAny(text, "\n\r\x00\x1b") {
			t.Errorf("%s says %q", what, text)
		}
	}
}

// TestZones: whoever reads a notice need not reckon with UTC.
func TestZones(t *testing.T) {
	t.Parallel()
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	e := outage(event.TypeAcknowledged, acknowledged(3780))
	e.Data.OnsetAt = time.Date(2024, 12, 10, 23, 30, 0, 0, time.UTC) // the same day in Rome
	w := alert.Speak("it", rome)(&e)
	diff(t, "since", "00:30 CET (12 h 32 min fa)", w.Since.Text)
	diff(t, "official", "confermato alle 13:02 CET, 1 h 03 min dopo questo allarme", w.Official.Text)
	diff(t, "moment", "11/12/2024, 13:02 CET", w.Moment)
	diff(t, "taken", alert.Line{Label: "In carico", Text: "a Ann, dalle 13:05 CET"}, w.Taken("Ann\n", noon.Add(5*time.Minute)))
}

// FuzzLanguages puts strangers' text wherever an event has text.
func FuzzLanguages(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add("%s%d\n", "%!v(x)", "u", "changed", "%", -1.0, int64(-1), 60)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		if strings.Contains(name+phrase+kind+code, "%!") {
			return // a stranger's own text may say so
		}
		for _, language := range alert.Languages() {
			words := alert.Speak(language, nil)
			e := alerttest.Strange(name, phrase, url, kind, code, x, seconds, count)
			if alert.Clean(name, 9) == "" || event.Type(kind) == "" {
				return // an event that names nothing
			}
			w, english := words(e), alert.English(e)
			if (w.Headline == "") != (english.Headline == "") || strings.Contains(w.Headline, "%!") || strings.ContainsAny(w.Headline, "\n\x1b") {
				t.Errorf("%s says %q, English %q", language, w.Headline, english.Headline)
			}
		}
	})
}

// TestEveryLanguageNamesWhatIsDrawn: a picture speaks one language.
func TestEveryLanguageNamesWhatIsDrawn(t *testing.T) {
	t.Parallel()
	e := alerttest.Meta()[1]
	for _, code := range alert.Languages() {
		d := alert.Speak(code, nil)(&e).Drawing
		all := []string{d.Voices, d.Usual, d.Onset, d.Official, d.Alt, d.Date}
		for _, phase := range []event.Phase{event.Suspected, event.Confirmed, event.Recovering, event.Resolved} {
			all = append(all, d.Phases[phase])
		}
		if slices.Contains(all, "") {
			t.Errorf("%s lacks a word: %q", code, all)
		}
		if day := e.Time.Format(d.Date); !strings.Contains(day, "11") || !strings.Contains(day, "2024") {
			t.Errorf("%s writes the day as %q", code, day)
		}
	}
}
