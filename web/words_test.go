package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/web"
)

// TestWords reads single words off the page of an outage.
func TestWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(o *event.Outage)
		want   string
	}{
		{"minutes", func(o *event.Outage) { o.OnsetAt = at(15, 41, 0) }, "</time>, 12 min"},
		{"no minute", func(o *event.Outage) { o.OnsetAt = at(15, 52, 20) }, "</time>, less than a minute"},
		{"hours", func(o *event.Outage) { o.OnsetAt = at(10, 0, 0) }, "10:00 UTC</time>, 5 h 53 min"},
		{"full hours", func(o *event.Outage) { o.OnsetAt = at(13, 53, 0) }, "</time>, 2 h 00 min"},
		{"another day", func(o *event.Outage) { o.OnsetAt = at(15, 53, 0).AddDate(0, 0, -3) }, "1 Oct 15:53 UTC</time>, 3 days 0 h"},
		{"another year", func(o *event.Outage) { o.OnsetAt = at(15, 53, 0).AddDate(-1, 0, 0) }, "4 Oct 2020 15:53 UTC</time>, 365 days 0 h"},
		{"before the official word", func(o *event.Outage) { o.AcknowledgedAt, o.LeadTimeS = ptr(at(15, 50, 0)), ptr(125.0) }, "Official word 15:50 UTC 2 min after this alarm"},
		{"after the official word", func(o *event.Outage) { o.AcknowledgedAt, o.LeadTimeS = ptr(at(15, 50, 0)), ptr(-600.0) }, "Official word 15:50 UTC 10 min before this alarm"},
		{"waves", func(o *event.Outage) { o.Waves = 3 }, " · wave 3"},
		{"acknowledged", func(o *event.Outage) { o.AcknowledgedAt = ptr(at(15, 50, 0)) }, "Official word 15:50 UTC Service"},
		{"no official word", func(*event.Outage) {}, "Official word none yet"},
		{"no official word until the end", func(o *event.Outage) { o.Phase, o.EndedAt = event.Resolved, ptr(at(15, 51, 0)) }, "Official word none Service"},
		{"partial", func(o *event.Outage) { o.Scope.Label = "partial" }, "Where not everybody, or not everything"},
		{"over", func(o *event.Outage) { o.Phase, o.EndedAt = event.Resolved, ptr(at(15, 51, 0)) }, `<span class="role">was down</span>`},
		{"many", func(o *event.Outage) { o.Evidence.Voices = 1234567 }, "Complaining about 1,234,567 people, usually 10"},
		{"few", func(o *event.Outage) { o.Evidence.Voices = 5.25 }, "Complaining about 5 people"},
		{"hardly any", func(o *event.Outage) { o.Evidence.Usual = 0.01 }, "usually fewer than 1"},
		{"none", func(o *event.Outage) { o.Evidence.Usual = 0 }, "usually 0"},
		{"one network", func(o *event.Outage) { o.Evidence.Sources = []string{"bluesky"} }, "5,120 posts on Bluesky"},
		{"several networks", func(*event.Outage) {}, "5,120 posts on Bluesky, Mastodon and X"},
		{"no network", func(o *event.Outage) { o.Evidence.Sources = nil }, "5,120 posts</summary>"},
		{"when it was noticed", func(*event.Outage) {}, "Noticed 15:42 UTC, 2 min after people began to feel it"},
		{"nearly certain", func(o *event.Outage) { o.Confidence = 0.9999 }, "How sure >99%"},
		{"hardly anywhere", func(o *event.Outage) { o.Scope.Countries = []event.CountryShare{{Code: "NZ", Share: 0.001}} }, "New Zealand <1%"},
		{"a country that is none", func(o *event.Outage) { o.Scope.Countries = []event.CountryShare{{Code: "ZZ", Share: 0.5}} }, "ZZ 50%"},
		{"impossible by chance", func(o *event.Outage) { o.Evidence.PValue = 0 }, "p = less than 1e-300"},
		{"a shared dependency", func(o *event.Outage) { o.Cause = &event.Cause{Service: "aws", Basis: "dependency"} }, "they depend on aws"},
		{"a word that is not known yet", func(o *event.Outage) { o.Symptoms = []event.Share{{ID: "maps", Share: 1}} }, "maps 100%"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := meta()
			o.Phase = event.Confirmed
			test.change(&o)
			board := web.NewBoard(nil)
			must(t, board.Handle(t.Context(), event.NewEvent(event.TypeConfirmed, "whatsapp", at(15, 44, 0), o)))
			must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(15, 53, 0).Add(time.Nanosecond)}))
			page := get(t, newServer(t, web.Config{}, board, nil), "/outages/"+o.ID).Body.String()
			if text := plain(page); !strings.Contains(page, test.want) && !strings.Contains(text, test.want) {
				t.Errorf("the page does not say %q", test.want)
			}
		})
	}
}

// plain drops the tags of a page.
func plain(page string) string {
	var text strings.Builder
	for piece := range strings.SplitSeq(page, "<") {
		_, after, _ := strings.Cut(piece, ">")
		if after != "" {
			text.WriteString(after + " ")
		}
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">").Replace(strings.Join(strings.Fields(text.String()), " "))
}
