package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/sim"
	"github.com/outcry/outcry/internal/secret"
)

// chat is a Slack that counts messages: those in the channel, and those in each one's thread.
type chat struct {
	mu      sync.Mutex
	posted  int
	channel []string
	threads map[string][]string
	edits   int
}

func (c *chat) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ts := r.FormValue("ts")
	switch parent := r.FormValue("thread_ts"); {
	case strings.HasSuffix(r.URL.Path, "chat.update"):
		c.edits++
	default:
		c.posted++
		ts = fmt.Sprintf("1.%d", c.posted)
		if parent == "" {
			c.channel = append(c.channel, ts)
		}
		c.threads[max(parent, "")] = append(c.threads[max(parent, "")], r.FormValue("text"))
	}
	_, _ = fmt.Fprintf(w, `{"ok":true,"channel":"C1","ts":%q,"text":"x"}`, ts)
}

// TestTheEveningOfMeta plays the evening of 4 October 2021, six hours without Facebook, Instagram and WhatsApp, through the
// whole chain into a Slack channel: people there get few messages, in few threads.
func TestTheEveningOfMeta(t *testing.T) {
	t.Parallel()
	const mostMessages = 6
	scenarios := sim.Scenarios()
	i := slices.IndexFunc(scenarios, func(s sim.Scenario) bool { return s.ID == "meta-2021-10-04" })
	if i < 0 {
		t.Fatal("the evening is not among the scenarios")
	}
	c := &chat{threads: map[string][]string{}}
	server := httptest.NewServer(c)
	defer server.Close()
	bot, err := slack.NewBot(slack.BotConfig{
		Endpoint: alert.EndpointConfig{
			Name: "newsroom", URL: secret.NewURL(server.URL + "/"), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		},
		Token: secret.New("xoxb-1"), Channel: "C1", Memory: newScratch(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer bot.Close()
	var life []string
	desk := alert.NewDesk(alert.DeskConfig{Sleep: func(context.Context, time.Duration) error { return nil }}, bot, noLetters{t}, zap.NewNop(), nil)
	told := func(ctx context.Context, e event.Event) error {
		life = append(life, fmt.Sprintf("%s %s %s: %s", e.Time.Format("15:04:05"), e.Data.ID, e.Kind(), alert.English(&e).Headline))
		return desk.Handle(ctx, e)
	}
	playScenario(t, scenarios[i], told)
	lost, largest := 0, 0
	for parent, texts := range c.threads {
		if parent != "" {
			largest = max(largest, 1+len(texts))
		}
		lost += len(texts)
	}
	t.Logf("%d messages in %d threads, %d edits; events:\n%s", lost, len(c.channel), c.edits, strings.Join(life, "\n"))
	if len(c.channel) != 1 || lost > mostMessages {
		t.Errorf("the evening gives %d messages, the longest thread %d, in %d threads; want at most %d in one", lost, largest, len(c.channel), mostMessages)
	}
}

// playScenario takes the posts of a scenario through the chain, and gives what is concluded to told.
func playScenario(t *testing.T, scenario sim.Scenario, told func(context.Context, event.Event) error) {
	t.Helper()
	cfg := defaultConfig()
	know, err := learn(&cfg)
	if err != nil {
		t.Fatal(err)
	}
	chain, err := newPipeline(t.Context(), know.judgement(&cfg), told)
	if err != nil {
		t.Fatal(err)
	}
	source := sim.NewSource(scenario, 1, 0)
	funnel := ingest.NewFunnel(source.Name(), know.matcher, chain, nil, ingest.FunnelConfig{Lateness: time.Duration(cfg.Lateness)}, nil)
	if err := source.Read(t.Context(), "", funnel.Take); err != nil {
		t.Fatal(err)
	}
	if err := funnel.End(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// noLetters fails the test at every dead letter.
type noLetters struct{ t *testing.T }

// DeadLetter implements alert.DeadLetters.
func (n noLetters) DeadLetter(_ context.Context, notifier string, e event.Event, reason string) error {
	body, _ := json.Marshal(e) // it came as JSON
	n.t.Errorf("%s: %s: %s", notifier, reason, body)
	return nil
}
