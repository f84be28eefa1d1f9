package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"image/color"
	"image/png"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/report"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/chart"
	"github.com/outcry/outcry/internal/contrast"
)

var update = flag.Bool("update", false, "write the golden files anew")

// heard is what is heard in an outage: quiet, then a steep rise and a slow fall.
func heard(e *event.Event, until time.Time) *report.Heard {
	h := report.Listen(e, until)
	for i, service := range h.Services() {
		for at := h.From().Add(event.Slot); !at.After(e.Time); at = at.Add(event.Slot) {
			if since := at.Sub(e.Data.OnsetAt).Minutes(); since > 0 {
				h.Add(event.Reading{Service: service, At: at, Voices: math.Round(12 * math.Exp(-since/90) / float64(i+1))})
			}
		}
	}
	return h
}

func write(t *testing.T, life []event.Event, language alert.Language) *report.Report {
	t.Helper()
	r, err := report.New(life, heard(&life[len(life)-1], time.Time{}), language)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var picture = regexp.MustCompile(`data:image/png;base64,[A-Za-z0-9+/=]+`)

func page(t *testing.T, r *report.Report) string {
	t.Helper()
	body, err := r.HTML()
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(body), "</style>")
	if !found {
		t.Fatal("the page has no style sheet")
	}
	return picture.ReplaceAllString(after, "data:…")
}

// TestReports writes reports, for people who read them to look at.
func TestReports(t *testing.T) {
	t.Parallel()
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name     string
		life     []event.Event
		language alert.Language
	}{
		{"meta-over", alerttest.Meta(), nil},
		{"meta-confirmed", alerttest.Meta()[:2], nil},
		{"cloud-over-it", alerttest.Cloud(), alert.Speak("it", rome)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := write(t, tc.life, tc.language)
			alerttest.Golden(t, *update, tc.name+".md", string(r.Markdown("")))
			alerttest.Golden(t, *update, tc.name+".html", page(t, r))
		})
	}
}

// Every language has a word for everything that heads a part.
func TestEveryLanguageHasHeadings(t *testing.T) {
	t.Parallel()
	life := alerttest.Meta()
	for _, code := range alert.Languages() {
		r, err := report.New(life, report.Listen(&life[0], time.Time{}), alert.Speak(code, nil)) // nothing heard: pictures take long
		if err != nil {
			t.Fatal(err)
		}
		tree, err := html.Parse(strings.NewReader(page(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		headings := 0
		for node := range tree.Descendants() {
			if node.Type != html.ElementNode || node.Data != "h2" && node.Data != "th" && node.Data != "dt" {
				continue
			}
			headings++
			if node.FirstChild == nil || strings.TrimSpace(node.FirstChild.Data) == "" {
				t.Errorf("%s: a <%s> is empty", code, node.Data)
			}
		}
		if headings < 20 {
			t.Errorf("%s: %d headings", code, headings)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	life := alerttest.Meta()
	body, err := write(t, life, nil).JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Outage  event.Event
		Course  []event.Event
		Minutes []struct {
			At            time.Time
			Voices, Usual float64
		}
	}
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(life, got.Course); diff != "" {
		t.Errorf("course (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(life[len(life)-1], got.Outage); diff != "" {
		t.Errorf("outage (-want +got):\n%s", diff)
	}
	onset := life[0].Data.OnsetAt
	first, last := got.Minutes[0], got.Minutes[len(got.Minutes)-1]
	if want := onset.Add(-45 * time.Minute); !first.At.Equal(want) {
		t.Errorf("the first minute is %s, want %s", first.At, want)
	}
	if want := life[len(life)-1].Time.Add(-time.Minute); !last.At.Equal(want) {
		t.Errorf("the last minute is %s, want %s", last.At, want)
	}
	total := 0.0
	for _, m := range got.Minutes {
		if m.Voices > 0 && m.At.Before(onset) {
			t.Errorf("%v voices at %s, before the onset", m.Voices, m.At)
		}
		total += m.Voices
	}
	if total == 0 {
		t.Error("nobody was heard")
	}
}

func TestPNG(t *testing.T) {
	t.Parallel()
	body, err := write(t, alerttest.Video(), nil).PNG()
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(body)); err != nil || img.Bounds().Dx() != chart.Width {
		t.Errorf("no picture: %v", err)
	}
}

// Where nothing was heard there is no picture, and the rest is told all the same.
func TestNothingHeard(t *testing.T) {
	t.Parallel()
	life := alerttest.Bank()
	r, err := report.New(life, report.Listen(&life[0], time.Time{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.PNG(); !errors.Is(err, chart.ErrNothing) {
		t.Errorf("the error is %v", err)
	}
	if got := page(t, r); strings.Contains(got, "<img") || !strings.Contains(got, "<table") {
		t.Errorf("the page: %s", got)
	}
	if got := string(r.Markdown("")); !strings.HasPrefix(got, "# ") || strings.Contains(got, "▁") {
		t.Errorf("the Markdown: %s", got)
	}
	if _, err := report.New(nil, nil, nil); err == nil {
		t.Error("an outage without events is reported on")
	}
}

// What is heard twice, of others, or at other times changes nothing.
func TestHeard(t *testing.T) {
	t.Parallel()
	life := alerttest.Video()
	e := &life[1]
	until := e.Time
	want, err := chartOf(t, life[:2], heard(e, until))
	if err != nil {
		t.Fatal(err)
	}
	again := heard(e, until)
	service := again.Services()[0]
	for _, r := range []event.Reading{
		{Service: "nobody", At: until, Voices: 50},
		{Service: service, At: again.From(), Voices: 50},
		{Service: service, At: until.Add(event.Slot), Voices: 50},
	} {
		again.Add(r)
	}
	for at := again.From().Add(event.Slot); !at.After(until); at = at.Add(event.Slot) {
		if since := at.Sub(e.Data.OnsetAt).Minutes(); since > 0 {
			again.Add(event.Reading{Service: service, At: at, Voices: math.Round(12 * math.Exp(-since/90))})
		}
	}
	got, err := chartOf(t, life[:2], again)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("points (-want +got):\n%s", diff)
	}
}

func chartOf(t *testing.T, life []event.Event, h *report.Heard) ([]chart.Point, error) {
	t.Helper()
	c := report.Chart(life, h, nil)
	if len(c.Points) == 0 {
		return nil, chart.ErrNothing
	}
	return c.Points, nil
}

// TestStrangersTextStaysText gives every text of an outage a try at breaking out of where it stands.
func TestStrangersTextStaysText(t *testing.T) {
	t.Parallel()
	const attack = "\"'><script>alert(1)</script> [x](http://evil.example) **b** `code` | cell | @everyone <!here> ![i](x)\u202e\n# title\n"
	life := alerttest.Meta()
	for i := range life {
		o := &life[i].Data
		o.Name, o.Scope.Label, o.Scope.Places, o.Severity = attack, attack, []string{attack}, event.Severity(attack)
		for k := range o.Services {
			o.Services[k].Name = attack
		}
		o.Services = append(o.Services, event.ServiceState{ID: "x", Name: attack, Role: event.Role(attack)})
		o.Symptoms = []event.Share{{ID: attack, Share: 0.9}}
		o.Scope.Countries = []event.CountryShare{{Code: attack, Share: 0.9}}
		o.Evidence.Phrases, o.Evidence.Sources = []string{attack, "a`b"}, []string{attack}
		o.Evidence.PostsSample = []event.PostRef{{Source: attack, URL: "javascript:alert(1)"}, {Source: "x", URL: "https://h/a)b"}}
	}
	r := write(t, life, nil)
	tree, err := html.Parse(strings.NewReader(page(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	for node := range tree.Descendants() {
		if node.Type == html.TextNode && strings.ContainsAny(node.Data, "\u202e") {
			t.Errorf("text turns direction: %q", node.Data)
		}
		for _, a := range node.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "href" && !strings.HasPrefix(a.Val, "https://") {
				t.Errorf("<%s %s=%q>", node.Data, a.Key, a.Val)
			}
		}
		if node.Type == html.ElementNode && node.Data == "script" {
			t.Error("there is a script")
		}
	}
	inCode := regexp.MustCompile("`[^`]*`")
	for line := range strings.Lines(string(r.Markdown(""))) {
		bare := inCode.ReplaceAllString(line, "")
		for _, marked := range []string{"<script", "](http://evil", "@everyone", "![i]", "**b**"} {
			if i := strings.Index(bare, marked); i >= 0 && (i == 0 || bare[i-1] != '\\') {
				t.Errorf("%q is markup in %q", marked, line)
			}
		}
		if strings.HasPrefix(line, "# title") {
			t.Error("a line of its own")
		}
	}
}

// TestContrast holds the colours of the page in one file against its ground, for bright rooms and dark ones.
func TestContrast(t *testing.T) {
	t.Parallel()
	sheet, err := os.ReadFile("report.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark := contrast.Sheet(string(sheet))
	for name, palette := range map[string]map[string]color.RGBA{"light": light, "dark": dark} {
		for _, letter := range []string{"ink", "soft", "tone", "usual", "link"} {
			on, of := palette["page"], palette[letter]
			if on.A == 0 || of.A == 0 {
				t.Fatalf("%s: the style sheet has no colour --page or --%s", name, letter)
			}
			if got := contrast.Ratio(on, of); got < contrast.Text {
				t.Errorf("%s: --%s has a contrast of %.2f, want %.1f", name, letter, got, contrast.Text)
			}
		}
	}
}
