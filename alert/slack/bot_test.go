package slack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack/slacktest"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/slack"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

// TestBotExam holds a Bot to what every notifier over HTTP is held to, but that it goes by what Slack says.
func TestBotExam(t *testing.T) {
	t.Parallel()
	alerttest.HTTP(t, alerttest.Subject{
		New: func(endpoint alert.EndpointConfig) (alert.Notifier, error) {
			return slack.NewBot(slack.BotConfig{Endpoint: endpoint, Token: secret.New(botToken), Channel: botChannel, Memory: newNotes()})
		},
		Secrets: []string{botToken},
		Says:    `{"ok":true,"channel":"` + botChannel + `","ts":"1.1"}`,
	})
}

// TestOneMessageAnOutage tells of two outages that overlap, and makes a new Bot for every event, as restarts do.
func TestOneMessageAnOutage(t *testing.T) {
	t.Parallel()
	ws, memory := newWorkspace(t), newNotes()
	events := append(alerttest.Meta()[1:], alerttest.Video()...)
	for _, e := range events {
		bot := newBot(t, ws.GetAPIURL(), func(cfg *slack.BotConfig) { cfg.Memory = memory })
		if err := tell(t, bot, e, 1); err != nil {
			t.Fatal(err)
		}
		if err := tell(t, bot, e, 2); err != nil {
			t.Fatal(err)
		}
	}
	alerttest.Golden(t, *update, "bot-channel.txt", ws.seen())
	if ws.aloud != 1 {
		t.Errorf("%d replies are shown in the channel too, want only the relapse", ws.aloud)
	}
	if string(ws.uploaded) != "PNG" {
		t.Errorf("the picture that was uploaded is %q", ws.uploaded)
	}
}

// TestFailsAtEveryCall lets each call of an outage's life fail once, in every way, and retries as a Desk does: what is
// seen in the end is the same.
func TestFailsAtEveryCall(t *testing.T) {
	t.Parallel()
	life := alerttest.Meta()[1:]
	whole := newWorkspace(t)
	bot := newBot(t, whole.GetAPIURL(), nil)
	for _, e := range life {
		if err := tell(t, bot, e, 1); err != nil {
			t.Fatal(err)
		}
	}
	for name, answer := range map[string]func(w http.ResponseWriter){
		"limited": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		"failing":  func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) },
		"sick":     func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"ok":false,"error":"internal_error"}`)) },
		"no JSON":  func(w http.ResponseWriter) { _, _ = w.Write([]byte(`<html>`)) },
		"breaking": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
	} {
		for broken := 1; broken <= len(whole.calls); broken++ {
			t.Run(fmt.Sprint(name, " ", broken), func(t *testing.T) {
				t.Parallel()
				ws, calls := newWorkspace(t), 0
				ws.fail = func(_ string, _ int, w http.ResponseWriter) bool {
					if calls++; calls == broken {
						answer(w)
					}
					return calls == broken
				}
				bot, failures := newBot(t, ws.GetAPIURL(), nil), 0
				for _, e := range life {
					err := tell(t, bot, e, 1)
					if err != nil {
						failures++
						checkTemporary(t, name, err)
						err = tell(t, bot, e, 2)
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				if diff := cmp.Diff(whole.seen(), ws.seen()); failures != 1 || diff != "" {
					t.Errorf("%d failures, want one, and the same channel (-want +got):\n%s", failures, diff)
				}
			})
		}
	}
}

// TestAnswersThatAreLost has Slack do what it is asked, and the bot not hear of it: because the connection breaks, or because
// its process ends before it can remember. What comes after finds what was posted and does not post it again.
func TestAnswersThatAreLost(t *testing.T) {
	t.Parallel()
	life := append(alerttest.Video()[:1:1], alerttest.Meta()[1:]...)
	whole := newWorkspace(t)
	tellAll(t, newBot(t, whole.GetAPIURL(), nil), life, nil)
	posts := whole.count["chat.postMessage"]
	for _, method := range []string{"chat.postMessage", "files.completeUploadExternal"} {
		for call := 1; call <= whole.count[method]; call++ {
			t.Run(fmt.Sprint(method, " ", call), func(t *testing.T) {
				t.Parallel()
				ws, memory := newWorkspace(t), newNotes()
				ws.fail = func(m string, n int, _ http.ResponseWriter) bool {
					ws.lost[m] = m == method && n == call
					return false
				}
				restarted := func() *slack.Bot {
					return newBot(t, ws.GetAPIURL(), func(cfg *slack.BotConfig) { cfg.Memory = memory })
				}
				tellAll(t, restarted(), life, restarted)
				if diff := cmp.Diff(whole.seen(), ws.seen()); diff != "" || ws.count["chat.postMessage"] != posts {
					t.Errorf("%d posts, want %d and the same channel (-want +got):\n%s", ws.count["chat.postMessage"], posts, diff)
				}
			})
		}
	}
	t.Run("an app that may not look", func(t *testing.T) {
		t.Parallel()
		ws, memory := newWorkspace(t), newNotes()
		ws.blind = true
		ws.fail = func(m string, n int, _ http.ResponseWriter) bool {
			ws.lost[m] = m == "chat.postMessage" && n == 1
			return false
		}
		core, logs := observer.New(zapcore.WarnLevel)
		bot := newBot(t, ws.GetAPIURL(), func(cfg *slack.BotConfig) { cfg.Memory, cfg.Log = memory, zap.New(core) })
		tellAll(t, bot, life[:1], func() *slack.Bot { return bot })
		if len(ws.channel) != 2 || logs.Len() != 1 {
			t.Errorf("%d messages and %d warnings, want the message twice and one warning", len(ws.channel), logs.Len())
		}
	})
}

// tellAll tells of a life, and of what fails once more to whoever is next.
func tellAll(t *testing.T, bot *slack.Bot, life []event.Event, next func() *slack.Bot) {
	t.Helper()
	for _, e := range life {
		err := tell(t, bot, e, 1)
		if err != nil && next != nil {
			bot = next()
			err = tell(t, bot, e, 2)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestReminders says in the thread and in the channel that nothing has changed, once for each reminder.
func TestReminders(t *testing.T) {
	t.Parallel()
	ws := newWorkspace(t)
	bot := newBot(t, ws.GetAPIURL(), nil)
	e := alerttest.Meta()[1]
	if err := tell(t, bot, e, 1); err != nil {
		t.Fatal(err)
	}
	again := e
	again.Type, again.Time = "outcry.outage.reminder", e.Time.Add(6*time.Hour)
	for _, number := range []int{1, 1, 2} {
		notice := alert.Notice{Event: again, Key: fmt.Sprint(e.ID, "-newsroom-again-", number), Reminder: number, Attempt: 1, At: again.Time}
		if err := bot.Notify(t.Context(), notice); err != nil {
			t.Fatal(err)
		}
	}
	if ws.aloud != 2 || ws.count["chat.update"] != 0 {
		t.Errorf("%d replies in the channel and %d edits, want 2 and none:\n%s", ws.aloud, ws.count["chat.update"], ws.seen())
	}
	alerttest.Golden(t, *update, "bot-reminders.txt", ws.seen())
}

func checkTemporary(t *testing.T, name string, err error) {
	t.Helper()
	if alert.IsPermanent(err) || !strings.Contains(err.Error(), "newsroom") || strings.Contains(err.Error(), "5ecre7") {
		t.Errorf("Notify() = %v, want a temporary error that names the notifier and no secret", err)
	}
	if got := alert.RetryDelay(err); (got == 30*time.Second) != (name == "limited") {
		t.Errorf("asks to wait %s", got)
	}
}

func TestAMessageThatWasDeletedIsPostedAnew(t *testing.T) {
	t.Parallel()
	ws := newWorkspace(t)
	bot := newBot(t, ws.GetAPIURL(), nil)
	life := alerttest.Video()
	if err := tell(t, bot, life[0], 1); err != nil {
		t.Fatal(err)
	}
	delete(ws.texts, ws.channel[0])
	for _, e := range life[1:] {
		if err := tell(t, bot, e, 1); err != nil {
			t.Fatal(err)
		}
	}
	if len(ws.channel) != 2 || len(ws.threads[ws.channel[1]]) != 2 {
		t.Errorf("the channel is:\n%s", ws.seen())
	}
}

func TestRefusalsOfTheAPI(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code, hint string
		permanent  bool
	}{
		{"not_in_channel", "/invite", true},
		{"channel_not_found", "channel's id", true},
		{"invalid_auth", "copy the Bot User OAuth Token", true},
		{"missing_scope", "chat:write", true},
		{"is_archived", "unarchive", true},
		{"something_new", "something_new", true},
		{"xoxb-5ecre7-token echoed", "unknown reason", true},
		{"fatal_error", "fatal_error", false},
	}
	for _, test := range tests {
		t.Run(test.code, func(t *testing.T) {
			t.Parallel()
			ws := newWorkspace(t)
			ws.fail = func(_ string, _ int, w http.ResponseWriter) bool {
				_, _ = fmt.Fprintf(w, `{"ok":false,"error":%q}`, test.code)
				return true
			}
			err := tell(t, newBot(t, ws.GetAPIURL(), nil), alerttest.Video()[0], 1)
			if err == nil || alert.IsPermanent(err) != test.permanent || !strings.Contains(err.Error(), test.hint) || strings.Contains(err.Error(), "5ecre7") {
				t.Errorf("Notify() = %v, want it permanent %v and to say %q", err, test.permanent, test.hint)
			}
		})
	}
}

// TestAPictureNeverCostsTheNotice lets pictures fail for good, and for a while.
func TestAPictureNeverCostsTheNotice(t *testing.T) {
	t.Parallel()
	ws := newWorkspace(t)
	ws.fail = func(method string, _ int, w http.ResponseWriter) bool {
		if strings.HasPrefix(method, "files.") {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	}
	bot := newBot(t, ws.GetAPIURL(), nil)
	e := alerttest.Video()[0]
	for attempt := 1; attempt <= 2; attempt++ {
		if err := tell(t, bot, e, attempt); err == nil {
			t.Errorf("attempt %d gives up the picture at once", attempt)
		}
	}
	if err := tell(t, bot, e, 3); err != nil {
		t.Errorf("the third attempt fails for the picture's sake: %v", err)
	}
	undrawn := newBot(t, newWorkspace(t).GetAPIURL(), func(cfg *slack.BotConfig) {
		cfg.Picture = func(context.Context, *event.Event) ([]byte, error) {
			return nil, alert.Permanent(errors.New("nothing to draw"))
		}
	})
	if err := tell(t, undrawn, e, 1); err != nil {
		t.Errorf("a picture that cannot be drawn costs the notice: %v", err)
	}
}

// TestStrangersTextIsHarmless tells of every life; the workspace holds each message to the limits.
func TestStrangersTextIsHarmless(t *testing.T) {
	t.Parallel()
	ws := newWorkspace(t)
	bot := newBot(t, ws.GetAPIURL(), nil)
	for _, named := range alerttest.Lives() {
		if err := tell(t, bot, named.Event, 1); err != nil {
			t.Fatal(err)
		}
	}
	odd := alerttest.Strange("<!channel> & @here", "`x` *y* <https://e.example|z>", "https://e.example/|<!here>", "changed", "<U>", 0.5, 90, 100)
	for _, named := range []string{"confirmed", "changed", "resolved"} {
		odd.Type, odd.Data.Seq = "outcry.outage."+named, odd.Data.Seq+1
		if err := tell(t, bot, *odd, 1); err != nil {
			t.Fatal(err)
		}
	}
	if len(ws.channel) != 5 {
		t.Errorf("%d messages for five outages:\n%s", len(ws.channel), ws.seen())
	}
}

func TestMemoryThatFails(t *testing.T) {
	t.Parallel()
	memory := newNotes()
	memory.broken = errors.New("no quorum")
	bot := newBot(t, newWorkspace(t).GetAPIURL(), func(cfg *slack.BotConfig) { cfg.Memory = memory })
	if err := tell(t, bot, alerttest.Video()[0], 1); !errors.Is(err, memory.broken) || alert.IsPermanent(err) {
		t.Errorf("Notify() = %v, want the memory's error, to be retried", err)
	}
	memory.broken = nil
	memory.values["newsroom/"+alerttest.Video()[0].Data.ID] = "{"
	if err := tell(t, bot, alerttest.Video()[0], 2); err != nil {
		t.Errorf("Notify() = %v, want a new message where the note cannot be read", err)
	}
}

// TestAgainstTheClientsOwnServer posts to the fake of the client library, whose contract is not ours.
func TestAgainstTheClientsOwnServer(t *testing.T) {
	t.Parallel()
	updated := make(chan string, 1)
	server := slacktest.NewTestServer(func(c slacktest.Customize) {
		c.Handle("/chat.update", func(w http.ResponseWriter, r *http.Request) {
			updated <- r.FormValue("ts")
			_, _ = fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q,"text":"x"}`, botChannel, r.FormValue("ts"))
		})
	})
	server.Start()
	t.Cleanup(server.Stop)
	bot := newBot(t, server.GetAPIURL(), func(cfg *slack.BotConfig) { cfg.Picture = nil })
	for _, e := range alerttest.Video()[:2] {
		if err := tell(t, bot, e, 1); err != nil {
			t.Fatal(err)
		}
	}
	if ts := <-updated; ts == "" {
		t.Error("the message is edited without its id")
	}
}

func TestBotConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	good := func() slack.BotConfig {
		return slack.BotConfig{
			Endpoint: alert.EndpointConfig{Name: "newsroom"}, Token: secret.New(botToken), Channel: botChannel, Memory: newNotes(),
		}
	}
	tests := []struct {
		name   string
		change func(*slack.BotConfig)
		want   string
	}{
		{"good", func(*slack.BotConfig) {}, ""},
		{"no token", func(c *slack.BotConfig) { c.Token = secret.String{} }, "xoxb-"},
		{"another token", func(c *slack.BotConfig) { c.Token = secret.New("ghp_5ecre7") }, "xoxb-"},
		{"a channel's name", func(c *slack.BotConfig) { c.Channel = "#ops" }, "C0123456789"},
		{"no memory", func(c *slack.BotConfig) { c.Memory = nil }, "memory"},
		{"no name", func(c *slack.BotConfig) { c.Endpoint.Name = "" }, "name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cfg := good()
			test.change(&cfg)
			_, err := slack.NewBot(cfg)
			if (err == nil) != (test.want == "") || (err != nil && (!strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "5ecre7"))) {
				t.Errorf("NewBot() = %v, want an error that says %q", err, test.want)
			}
		})
	}
}
