package web_test

import (
	"context"
	"math"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/web"
)

// at is a time on the evening that the tests play.
func at(hour, minute, second int) time.Time {
	return time.Date(2021, 10, 4, hour, minute, second, 0, time.UTC)
}

func ptr[T any](v T) *T { return &v }

// meta is an outage of one owner with several services, and with everything that an outage can tell.
func meta() event.Outage {
	return event.Outage{
		ID: "meta-1633362060", Seq: 1, Phase: event.Suspected, Severity: event.Major,
		OnsetAt: at(15, 41, 0), DetectedAt: at(15, 42, 30), Name: "Meta",
		Services: []event.ServiceState{
			{ID: "whatsapp", Name: "WhatsApp", Role: event.RoleDown, Score: 41.2, Voices: 812, Usual: 3.1},
			{ID: "instagram", Name: "Instagram", Role: event.RoleDown, Score: 38.4, Voices: 704, Usual: 5},
			{ID: "facebook", Name: "Facebook", Role: event.RoleDown, Score: 30, Voices: 611, Usual: 1.6},
			{ID: "oculus", Name: "Oculus", Role: event.RoleDependent, Score: 7.5, Voices: 13, Usual: 0.2},
			{ID: "telegram", Name: "Telegram", Role: event.RoleRefuge, Score: 9.8, Voices: 96, Usual: 2},
			{ID: "verizon", Name: "Verizon", Role: event.RoleBlamed, Score: 6.1, Voices: 21, Usual: 0.7},
		},
		Scope: event.Scope{
			Label: "global",
			Countries: []event.CountryShare{
				{Code: "IT", Share: 0.31}, {Code: "BR", Share: 0.22}, {Code: "US", Share: 0.19}, {Code: "IN", Share: 0.11},
				{Code: "ES", Share: 0.06}, {Code: "GB", Share: 0.05}, {Code: "MX", Share: 0.03}, {Code: "DE", Share: 0.02}, {Code: "NZ", Share: 0.004},
			},
			Places: []string{"Milano", "São Paulo", "London"},
		},
		Symptoms: []event.Share{
			{ID: "connection", Share: 0.48}, {ID: "messages", Share: 0.27}, {ID: "feed", Share: 0.14}, {ID: "login", Share: 0.08}, {ID: "other", Share: 0.03},
		},
		Confidence: 0.98,
		Evidence: event.Evidence{
			Voices: 2140, Posts: 5120, Usual: 9.7, PValue: 1e-40,
			Sources: []string{"bluesky", "mastodon", "x"}, Languages: []string{"it", "pt", "en", "es"},
			Phrases: []string{"#whatsappdown", "non va whatsapp", "instagram caiu", "الواتس معطل", `<script>alert("x")</script>`},
			PostsSample: []event.PostRef{
				{Source: "bluesky", ID: "1", URL: "https://posts.example/1", At: at(15, 43, 5)},
				{Source: "mastodon", ID: "2", URL: "https://posts.example/2?a=1&b=2", At: at(15, 44, 1)},
				{Source: "x", ID: "3", URL: "javascript:alert(1)", At: at(15, 44, 30)},
			},
		},
		Cause: &event.Cause{Service: "meta", Basis: "owner"},
		Waves: 1,
	}
}

// story is the events of the evening in order: a small outage that ends, the large one, and one that is only suspected.
func story() []event.Event {
	bank := event.Outage{
		ID: "hsbc-1633350000", Seq: 1, Phase: event.Confirmed, Severity: event.Minor, Name: "HSBC",
		OnsetAt: at(12, 20, 0), DetectedAt: at(12, 24, 0), ConfirmedAt: ptr(at(12, 26, 0)), Waves: 1, Confidence: 0.9,
		Services: []event.ServiceState{{ID: "hsbc", Name: "HSBC", Role: event.RoleDown, Score: 8, Voices: 31, Usual: 0.4}},
		Evidence: event.Evidence{Voices: 31, Posts: 44, Usual: 0.4, PValue: 1e-8},
	}
	ended := bank
	ended.Seq, ended.Phase, ended.EndedAt, ended.LeadTimeS = 2, event.Resolved, ptr(at(13, 35, 0)), ptr(420.0)
	first := meta()
	second := meta()
	second.Seq, second.Phase, second.Severity, second.ConfirmedAt = 2, event.Confirmed, event.Critical, ptr(at(15, 44, 0))
	second.LeadTimeS = ptr(660.0)
	game := event.Outage{
		ID: "roblox-1633361000", Seq: 1, Phase: event.Suspected, Severity: event.Minor, Name: "Roblox",
		OnsetAt: at(15, 50, 0), DetectedAt: at(15, 52, 0), Waves: 1, Confidence: 0.61,
		Services: []event.ServiceState{{ID: "roblox", Name: "Roblox", Role: event.RoleDown, Score: 4.4, Voices: 9.5, Usual: 1.1}},
		Scope:    event.Scope{Label: "unknown"},
		Symptoms: []event.Share{{ID: "login", Share: 0.7}, {ID: "crash", Share: 0.3}},
		Evidence: event.Evidence{Voices: 9.5, Posts: 12, Usual: 1.1, PValue: 4e-5, Sources: []string{"bluesky"}, Languages: []string{"en"}},
	}
	return []event.Event{
		event.NewEvent(event.TypeConfirmed, "hsbc", at(12, 26, 0), bank),
		event.NewEvent(event.TypeResolved, "hsbc", at(13, 45, 0), ended),
		event.NewEvent(event.TypeSuspected, "whatsapp", at(15, 42, 30), first),
		event.NewEvent(event.TypeConfirmed, "whatsapp", at(15, 44, 30), second),
		event.NewEvent(event.TypeSuspected, "roblox", at(15, 52, 0), game),
	}
}

// evening is a board at 15:53, in the middle of it.
func evening(t *testing.T) *web.Board {
	t.Helper()
	board := web.NewBoard(nil)
	ctx := t.Context()
	for _, e := range story() {
		must(t, board.Handle(ctx, e))
	}
	for minute := range 60 {
		now := at(14, 53, 0).Add(time.Duration(minute) * time.Minute)
		for i, service := range []string{"whatsapp", "instagram", "facebook", "oculus", "telegram", "verizon"} {
			since := now.Sub(at(15, 41, 0)).Minutes()
			voices := 0.5 + 0.5*math.Sin(float64(minute*(i+3)))
			if since > 0 {
				voices += 120 * (1 - math.Exp(-since/3)) / float64(i+1)
			}
			must(t, board.HandleReading(ctx, event.Reading{Service: service, At: now.Add(event.Slot), Voices: math.Round(voices)}))
		}
	}
	for _, mark := range []event.Mark{
		{Source: "bluesky", At: at(15, 52, 58)}, {Source: "mastodon", At: at(15, 52, 50)},
		{Source: "x", At: at(15, 31, 0), Blind: true}, {Source: "archive", At: at(9, 0, 0), Ended: true},
	} {
		must(t, board.HandleMark(ctx, mark))
	}
	must(t, board.HandleTick(ctx, event.Tick{Of: 1, At: at(15, 53, 0), Blind: []string{"x"}}))
	return board
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newServer makes a server with checks of which one can be made to fail.
func newServer(t *testing.T, cfg web.Config, board *web.Board, broken error) http.Handler {
	t.Helper()
	return newDepsServer(t, cfg, board, web.Deps{
		Log: zap.NewNop(), Version: "outcry v1.2.3", Gatherer: prometheus.NewRegistry(),
		Ready: map[string]func(context.Context) error{
			"nats":  func(context.Context) error { return nil },
			"redis": func(context.Context) error { return broken },
		},
	}).Handler()
}

func newDepsServer(t *testing.T, cfg web.Config, board *web.Board, deps web.Deps) *web.Server {
	t.Helper()
	server, err := web.NewServer(cfg, board, deps)
	must(t, err)
	return server
}

// get asks for a path as somebody on this machine would.
func get(t *testing.T, handler http.Handler, target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:8080"+target, nil)
	for _, c := range change {
		c(request)
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}
