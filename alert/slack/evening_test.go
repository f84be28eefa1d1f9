package slack_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
)

// TestAnEvening shows what people in a channel see of the evening of 4 October 2021, in every language, and of how one of them
// takes it over. The events are those of `outcry simulate meta-2021-10-04 | outcry replay -`.
func TestAnEvening(t *testing.T) {
	t.Parallel()
	const mostMessages = 6
	takenAt := time.Date(2021, 10, 4, 16, 0, 0, 0, time.UTC)
	events := eventsOf(t, "evening.ndjson")
	for _, code := range alert.Languages() {
		language := alert.Speak(code, nil)
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			ws := newWorkspace(t)
			bot := newBot(t, ws.GetAPIURL(), func(cfg *slack.BotConfig) { cfg.Language, cfg.Buttons = language, true })
			for _, e := range events {
				if e.Kind() == event.TypeSuspected {
					continue // a Desk tells it only to those who ask for it
				}
				n := alert.Notice{Event: e, Key: e.ID, Attempt: 1, At: e.Time}
				if e.Time.After(takenAt) {
					n.Ack = &alert.Ack{Outage: e.Data.ID, By: "ann", At: takenAt}
				}
				if err := bot.Notify(t.Context(), n); err != nil {
					t.Fatal(err)
				}
			}
			if len(ws.channel) != 1 || ws.posted > mostMessages {
				t.Errorf("%d messages in %d threads, want at most %d in one", ws.posted, len(ws.channel), mostMessages)
			}
			alerttest.Golden(t, *update, "evening-"+code+".txt", ws.read(t))
		})
	}
}

func eventsOf(t *testing.T, name string) (events []event.Event) {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e event.Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

// read is the channel word for word: each message as it was posted and, if it was edited, as it is in the end, and its thread.
func (ws *workspace) read(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, ts := range ws.channel {
		b.WriteString("──── posted\n" + render(t, ws.firsts[ts]))
		for _, reply := range ws.threads[ts] {
			b.WriteString("──── in the thread\n")
			if body := ws.bodies[reply]; body != nil {
				b.WriteString(render(t, body))
			} else {
				b.WriteString("  [" + reply + "]\n")
			}
		}
		b.WriteString("──── in the end\n" + render(t, ws.bodies[ts]))
	}
	return b.String()
}
