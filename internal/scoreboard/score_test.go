package scoreboard_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/scoreboard"
)

var noon = time.Date(2021, 10, 4, 12, 0, 0, 0, time.UTC)

func at(minutes float64) time.Time { return noon.Add(time.Duration(minutes * float64(time.Minute))) }

func ptr[T any](v T) *T { return &v }

// meta is one outage from minute 60 to 180, acknowledged at 90.
func meta() scoreboard.Truth {
	return scoreboard.Truth{
		Scenario: "meta", Title: "Meta", Start: noon, End: at(360),
		Outages: []scoreboard.TrueOutage{{
			Name: "Meta", Onset: at(60), FirstBurst: at(62), End: at(180), Acknowledged: ptr(at(90)), Scope: "global",
			Services: []scoreboard.ServiceTruth{
				{ID: "facebook", Role: event.RoleDown}, {ID: "whatsapp", Role: event.RoleDown}, {ID: "oculus", Role: event.RoleDependent},
				{ID: "verizon", Role: event.RoleBlamed}, {ID: "bt", Role: event.RoleBlamed, Optional: true},
			},
			Countries: []string{"IT", "BR"}, Symptoms: []event.Symptom{event.Connection, event.Messages}, Waves: 1,
		}},
	}
}

// life is the events of one outage told: confirmed at one minute, resolved at another (0: never).
func life(id, name string, confirmed, resolved float64, services ...event.ServiceState) []event.Event {
	o := event.Outage{
		ID: id, Seq: 1, Phase: event.Suspected, Name: name, Services: services, OnsetAt: at(confirmed - 2), DetectedAt: at(confirmed - 1),
		Confidence: .6, Waves: 1, Scope: event.Scope{Label: "global", Countries: []event.CountryShare{{Code: "BR", Share: 1}}},
		Symptoms: []event.Share{{ID: "messages", Share: 1}},
	}
	events := []event.Event{event.NewEvent(event.TypeSuspected, services[0].ID, at(confirmed-1), o)}
	o.Seq, o.Phase, o.ConfirmedAt, o.Confidence = 2, event.Confirmed, ptr(at(confirmed)), .95
	events = append(events, event.NewEvent(event.TypeConfirmed, services[0].ID, at(confirmed), o))
	if resolved > 0 {
		o.Seq, o.Phase = 3, event.Recovering
		events = append(events, event.NewEvent(event.TypeRecovering, services[0].ID, at(resolved-5), o))
		o.Seq, o.Phase, o.EndedAt = 4, event.Resolved, ptr(at(resolved))
		events = append(events, event.NewEvent(event.TypeResolved, services[0].ID, at(resolved), o))
	}
	return events
}

func as(role event.Role, ids ...string) []event.ServiceState {
	var all []event.ServiceState
	for _, id := range ids {
		all = append(all, event.ServiceState{ID: id, Role: role})
	}
	return all
}

func TestScoreOfARightRun(t *testing.T) {
	t.Parallel()
	services := append(as(event.RoleDown, "facebook", "whatsapp"), append(as(event.RoleDependent, "oculus"), as(event.RoleBlamed, "verizon")...)...)
	events := life("a", "meta", 64, 186, services...)
	row := scoreboard.Score(meta(), append(events, events...), 100) // a second delivery changes nothing
	want := scoreboard.Row{
		Scenario: "meta", Title: "Meta", ServiceYears: 100 * 6 / (24 * 365.25),
		Findings: []scoreboard.Finding{{
			Name: "Meta", Found: true, ID: "a", Named: true, Roles: scoreboard.Roles{Right: 4, Of: 4},
			Suspected: time.Minute, Confirmed: 2 * time.Minute, OnsetError: 2 * time.Minute, Ending: scoreboard.InTime, Resolved: 6 * time.Minute, Recovering: ptr(time.Minute),
			Lead: ptr(26 * time.Minute), Scope: true, Symptom: true, Country: true, Waves: true,
		}},
		Stated: []scoreboard.Stated{{Confidence: .95, True: true}},
	}
	if diff := cmp.Diff(want, row); diff != "" {
		t.Error(diff)
	}
}

func TestScoreOfWrongRuns(t *testing.T) {
	t.Parallel()
	down := func(ids ...string) []event.ServiceState { return as(event.RoleDown, ids...) }
	for name, c := range map[string]struct {
		events []event.Event
		check  func(scoreboard.Row) bool
	}{
		"nothing told":        {nil, func(r scoreboard.Row) bool { return !r.Findings[0].Found && len(r.FalseAlarms) == 0 }},
		"only the blamed one": {life("a", "Verizon", 64, 186, down("verizon")...), func(r scoreboard.Row) bool { return !r.Findings[0].Found && len(r.FalseAlarms) == 1 }},
		"too early in time":   {life("a", "Meta", 20, 40, down("facebook")...), func(r scoreboard.Row) bool { return !r.Findings[0].Found && len(r.FalseAlarms) == 1 }},
		"two outages of one": {
			append(life("a", "Facebook", 64, 186, down("facebook")...), life("b", "WhatsApp", 66, 186, down("whatsapp")...)...),
			func(r scoreboard.Row) bool {
				f := r.Findings[0]
				return f.Found && f.Splits == 1 && !f.Named && len(r.FalseAlarms) == 0
			},
		},
		"the dependent apart": {
			append(life("a", "Meta", 64, 186, down("facebook", "whatsapp")...), life("b", "Oculus", 66, 186, down("oculus")...)...),
			func(r scoreboard.Row) bool { return r.Findings[0].Splits == 1 && len(r.FalseAlarms) == 0 },
		},
		"the carrier as down": {
			life("a", "Meta", 64, 186, down("facebook", "verizon", "att")...),
			func(r scoreboard.Row) bool {
				wrong := []string{"whatsapp is down, not told", "oculus is dependent, not told", "verizon is blamed, told as down"}
				return r.Findings[0].Roles.Right == 1 && cmp.Equal(r.Findings[0].Roles.Wrong, wrong) && cmp.Equal(r.Findings[0].Roles.Strangers, []string{"att"})
			},
		},
		"resolved early": {life("a", "Meta", 64, 100, down("facebook")...), func(r scoreboard.Row) bool { return r.Findings[0].Ending == scoreboard.Early }},
		"resolved late":  {life("a", "Meta", 64, 191, down("facebook")...), func(r scoreboard.Row) bool { return r.Findings[0].Ending == scoreboard.Late }},
		"never resolved": {life("a", "Meta", 64, 0, down("facebook")...), func(r scoreboard.Row) bool { return r.Findings[0].Ending == scoreboard.Never }},
		"suspected only": {
			life("a", "Meta", 64, 0, down("facebook")...)[:1],
			func(r scoreboard.Row) bool {
				return !r.Findings[0].Found && cmp.Equal(r.Stated, []scoreboard.Stated{{Confidence: .6, True: true}})
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if row := scoreboard.Score(meta(), c.events, 100); !c.check(row) {
				t.Errorf("%+v", row)
			}
		})
	}
}

// One service at fault may be called what the catalogue calls it; several have one name.
func TestNames(t *testing.T) {
	t.Parallel()
	truth := meta()
	services := []event.ServiceState{{ID: "facebook", Name: "Facebook (Meta)", Role: event.RoleDown}}
	events := life("a", "Facebook (Meta)", 64, 186, services...)
	if scoreboard.Score(truth, events, 1).Findings[0].Named {
		t.Error("of several services one gave the name, and it passed")
	}
	truth.Outages[0].Services = truth.Outages[0].Services[:1]
	if !scoreboard.Score(truth, events, 1).Findings[0].Named {
		t.Error("the only service's own name did not pass")
	}
}

// Two true outages that were told as one count as found, once rightly and once merged.
func TestScoreOfMergedOutages(t *testing.T) {
	t.Parallel()
	truth := meta()
	other := truth.Outages[0]
	other.Name, other.Services = "Roblox", []scoreboard.ServiceTruth{{ID: "roblox", Role: event.RoleDown}}
	truth.Outages = append(truth.Outages, other)
	row := scoreboard.Score(truth, life("a", "Meta", 64, 186, as(event.RoleDown, "facebook", "roblox")...), 100)
	if row.Findings[0].Merged || !row.Findings[1].Found || !row.Findings[1].Merged {
		t.Errorf("%+v", row.Findings)
	}
}

func TestSummaryAndFloors(t *testing.T) {
	t.Parallel()
	good := scoreboard.Score(meta(), life("a", "Meta", 64, 186, as(event.RoleDown, "facebook", "whatsapp")...), 100)
	missed := scoreboard.Score(meta(), nil, 100)
	silent := scoreboard.Score(scoreboard.Truth{Scenario: "calm", Start: noon, End: at(360), MustStaySilent: true},
		life("b", "TikTok", 30, 60, as(event.RoleDown, "tiktok")...), 100)
	b := scoreboard.Board{Rows: []scoreboard.Row{good, missed, silent}}
	s := b.Summary()
	if s.Recall != .5 || s.Precision != .5 || s.FalseAlarms != 1 || s.Silent != 1 || s.ConfirmedP50 != 2*time.Minute || s.LeadP50 != 26*time.Minute {
		t.Errorf("%+v", s)
	}
	if math.Abs(s.Calibration-.45) > 1e-9 { // twice .95 stated, once right
		t.Errorf("calibration error is %v, want 0.45", s.Calibration)
	}
	if bad := b.Below(scoreboard.Floors{Recall: .5, Precision: .5, ConfirmedP90: 2 * time.Minute, Named: 1}); bad != nil {
		t.Errorf("the board is good enough, but: %q", bad)
	}
	bad := b.Below(scoreboard.Floors{Recall: .9, Precision: .9, ConfirmedP90: time.Minute, FalsePerYear: 1, Calibration: .1, SilentOnly: true})
	if len(bad) != 6 || !strings.Contains(bad[5], "calm must stay silent") {
		t.Errorf("want six complaints, got %q", bad)
	}
	if bad := (scoreboard.Board{}).Below(scoreboard.Floors{Recall: .5, ConfirmedP50: time.Hour}); len(bad) != 2 {
		t.Errorf("a board of nothing is not good enough, got %q", bad)
	}
}

func TestRival(t *testing.T) {
	t.Parallel()
	var r scoreboard.Rival
	r.Add(meta(), []scoreboard.Alarm{
		{"facebook", at(10)}, {"facebook", at(30)}, // one false call
		{"facebook", at(67)}, {"facebook", at(68)}, {"oculus", at(70)},
		{"verizon", at(75)}, {"verizon", at(200)}, // two false calls
	}, 100)
	if r.Found != 1 || r.FalseAlarms != 3 || r.Delay(.5) != 5*time.Minute || r.Recall() != 1 || r.Precision() != .25 {
		t.Errorf("%+v", r)
	}
}

func TestRendering(t *testing.T) {
	t.Parallel()
	b := scoreboard.Board{
		Rows: []scoreboard.Row{
			scoreboard.Score(meta(), life("a", "Meta", 64, 186, as(event.RoleDown, "facebook", "whatsapp")...), 100),
			scoreboard.Score(scoreboard.Truth{Scenario: "calm|sea", Start: noon, End: at(360), MustStaySilent: true}, nil, 100),
		},
		Rivals: []scoreboard.Rival{{Name: "three times the usual", Outages: 1}},
	}
	var text strings.Builder
	if err := b.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"meta", "oculus is dependent, not told", "in time 6m0s", "26m0s", "100.0 % (1 of 1)", "three times the usual"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, text.String())
		}
		if !strings.Contains(b.Markdown(), want) {
			t.Errorf("the page lacks %q:\n%s", want, b.Markdown())
		}
	}
	if !strings.Contains(b.Markdown(), `calm\|sea`) {
		t.Error("a bar in a cell is not escaped")
	}
}

func TestDecodeTruth(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, wantErr string }{
		"silent":          {`{"scenario":"a","start":"2024-01-01T00:00:00Z","end":"2024-01-01T06:00:00Z","must_stay_silent":true,"outages":[]}`, ""},
		"not JSON":        {`{`, "not valid JSON"},
		"no name":         {`{}`, "names no scenario"},
		"no time":         {`{"scenario":"a"}`, "is not before end"},
		"contradiction":   {`{"scenario":"a","start":"2024-01-01T00:00:00Z","end":"2024-01-01T06:00:00Z"}`, "must_stay_silent is false with 0 outages"},
		"nobody is down":  {`{"scenario":"a","start":"2024-01-01T00:00:00Z","end":"2024-01-01T06:00:00Z","outages":[{"name":"A"}]}`, "no service has the role down"},
		"outside in time": {`{"scenario":"a","start":"2024-01-01T00:00:00Z","end":"2024-01-01T06:00:00Z","outages":[{"name":"A","services":[{"id":"a","role":"down"}],"onset":"2024-01-02T00:00:00Z","end":"2024-01-02T01:00:00Z"}]}`, "outside the scenario"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := scoreboard.DecodeTruth([]byte(c.in))
			if c.wantErr == "" && err != nil || c.wantErr != "" && (err == nil || !strings.Contains(err.Error(), c.wantErr)) {
				t.Errorf("got %v, want %q", err, c.wantErr)
			}
		})
	}
}

func FuzzDecodeTruth(f *testing.F) {
	f.Add([]byte(`{"scenario":"a","start":"2024-01-01T00:00:00Z","end":"2024-01-01T06:00:00Z","must_stay_silent":true,"outages":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		truth, err := scoreboard.DecodeTruth(data)
		if err != nil {
			return
		}
		if !truth.Start.Before(truth.End) {
			t.Errorf("accepted a truth that ends before it begins: %s", data)
		}
	})
}
