package email_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/email"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

var update = flag.Bool("update", false, "write the golden files anew")

const password = "p@ss-5ecre7"

func config(url string) email.Config {
	return email.Config{
		Name: "post", URL: secret.NewURL(url), Sender: "outcry <outcry@example.com>", To: []string{"anna@example.com", "Boris <boris@example.com>"},
	}
}

func notifier(t *testing.T, cfg email.Config) *email.Notifier {
	t.Helper()
	n, err := email.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func tell(t *testing.T, n *email.Notifier, e event.Event) error {
	t.Helper()
	return n.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID, Attempt: 1, At: e.Time})
}

func TestEveryWayToAServer(t *testing.T) {
	t.Parallel()
	certificate, pool := authority(t)
	tests := []struct {
		name, scheme, user string
		server             *server
	}{
		{"STARTTLS and a login", "smtp://", "anna:p%40ss-5ecre7@", &server{tls: certificate, login: "\x00anna\x00" + password}},
		{"TLS from the first byte", "smtps://", "anna:p%40ss-5ecre7@", &server{tls: certificate, implicit: true, login: "\x00anna\x00" + password}},
		{"a relay on this machine", "smtp+insecure://", "", &server{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cfg := config(test.scheme + test.user + test.server.start(t))
			cfg.RootCAs = pool
			if err := tell(t, notifier(t, cfg), alerttest.Meta()[1]); err != nil {
				t.Fatal(err)
			}
			if n := len(test.server.got()); n != 1 || len(test.server.rcpts) != 2 {
				t.Errorf("%d mails to %v, want one to two people", n, test.server.rcpts)
			}
		})
	}
}

// read takes a mail apart: its header, and its parts by type.
func read(t *testing.T, raw string) (netmail.Header, map[string]string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = string(body)
	}
}

// TestGolden sends every life, and holds the mails as they are read.
func TestGolden(t *testing.T) {
	t.Parallel()
	s := &server{}
	n := notifier(t, config("smtp+insecure://"+s.start(t)))
	lives := alerttest.Lives()
	for _, named := range lives {
		if err := tell(t, n, named.Event); err != nil {
			t.Fatal(err)
		}
	}
	var seen strings.Builder
	for i, raw := range s.got() {
		header, parts := read(t, raw)
		subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
		if err != nil {
			t.Error(err)
		}
		seen.WriteString("──── " + lives[i].Name + "\nSubject: " + subject + "\nMessage-ID: " + header.Get("Message-ID") +
			"\nReferences: " + header.Get("References") + "\n\n" + strings.ReplaceAll(parts["text/plain"], "\r\n", "\n"))
		if page := parts["text/html"]; strings.Contains(page, "<!channel>") || strings.Contains(page, "javascript:") || strings.ContainsAny(page, "\x1b\u202e") {
			t.Errorf("%s: strangers' markup in %s", lives[i].Name, page)
		}
	}
	alerttest.Golden(t, *update, "as-seen.txt", seen.String())
	_, parts := read(t, s.got()[1])
	alerttest.Golden(t, *update, "meta-2-confirmed.html", strings.ReplaceAll(parts["text/html"], "\r\n", "\n")+"\n")
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		verb, answer string
		permanent    bool
		want         string
	}{
		{"CONNECT", "421 4.3.2 busy", false, "421"},
		{"CONNECT", "554 5.7.1 go away", true, "554"},
		{"MAIL", "550 5.7.1 not for you", true, "check sender"},
		{"RCPT", "550 5.1.1 nobody of that name", true, "check the addresses in to"},
		{"RCPT", "451 4.7.1 greylisted", false, "check the addresses in to"},
		{"DATA", "452 4.2.2 full", false, "full"},
		{".", "554 5.6.0 looks like spam 5ecre7", true, "554"},
		{".", "451 4.3.0 later", false, "later"},
	}
	for _, test := range tests {
		t.Run(test.verb+" "+test.answer, func(t *testing.T) {
			t.Parallel()
			s := &server{script: func(verb string) string {
				if verb == test.verb {
					return test.answer
				}
				return ""
			}}
			err := tell(t, notifier(t, config("smtp+insecure://"+s.start(t))), alerttest.Meta()[1])
			checkError(t, err, test.permanent, test.want)
			if len(s.got()) > 0 {
				t.Error("the mail was taken all the same")
			}
		})
	}
}

// TestEveryCode has each step of a mail answered with every code of a refusal, and with the end of the connection: what begins
// with 5 is refused for good, all else is tried again, and nothing of the answer is repeated.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"CONNECT", "MAIL", "RCPT", "DATA", "."} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			var answer atomic.Value
			s := &server{script: func(step string) string {
				if step == verb {
					return answer.Load().(string)
				}
				return ""
			}}
			n := notifier(t, config("smtp+insecure://"+s.start(t)))
			for code := 400; code < 600; code++ {
				answer.Store(fmt.Sprint(code, " 5ecre7"))
				err := tell(t, n, alerttest.Meta()[1])
				checkError(t, err, code >= 500, fmt.Sprint(code))
			}
			answer.Store(hangUp)
			checkError(t, tell(t, n, alerttest.Meta()[1]), false, "broke the connection")
			answer.Store("no SMTP 5ecre7")
			checkError(t, tell(t, n, alerttest.Meta()[1]), false, "broke the connection")
			if len(s.got()) > 0 {
				t.Error("a mail was taken all the same")
			}
		})
	}
}

func checkError(t *testing.T, err error, permanent bool, want string) {
	t.Helper()
	if err == nil || alert.IsPermanent(err) != permanent || !strings.Contains(err.Error(), want) {
		t.Errorf("Notify() = %v, want it permanent %v and to say %q", err, permanent, want)
	}
	if err != nil && (strings.Contains(err.Error(), "5ecre7") || !strings.Contains(err.Error(), "notifier post")) {
		t.Errorf("Notify() = %v, want the notifier's name and no secret", err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	certificate, pool := authority(t)
	t.Run("a wrong password", func(t *testing.T) {
		t.Parallel()
		s := &server{tls: certificate, login: "\x00anna\x00another"}
		cfg := config("smtp://anna:p%40ss-5ecre7@" + s.start(t))
		cfg.RootCAs = pool
		checkError(t, tell(t, notifier(t, cfg), alerttest.Meta()[1]), true, "check those in url")
	})
	t.Run("no STARTTLS", func(t *testing.T) {
		t.Parallel()
		s := &server{}
		checkError(t, tell(t, notifier(t, config("smtp://"+s.start(t))), alerttest.Meta()[1]), false, "STARTTLS")
	})
	t.Run("an unknown authority", func(t *testing.T) {
		t.Parallel()
		s := &server{tls: certificate}
		checkError(t, tell(t, notifier(t, config("smtp://"+s.start(t))), alerttest.Meta()[1]), false, "not trusted here")
	})
	t.Run("another name", func(t *testing.T) {
		t.Parallel()
		s := &server{tls: certificate}
		cfg := config("smtp://" + strings.Replace(s.start(t), "127.0.0.1", "localhost", 1))
		cfg.RootCAs = pool
		checkError(t, tell(t, notifier(t, cfg), alerttest.Meta()[1]), false, "for another name")
	})
	t.Run("TLS too early", func(t *testing.T) {
		t.Parallel()
		s := &server{}
		cfg := config("smtps://" + s.start(t))
		checkError(t, tell(t, notifier(t, cfg), alerttest.Meta()[1]), false, "does not speak TLS on this port")
	})
	t.Run("no such host", func(t *testing.T) {
		t.Parallel()
		checkError(t, tell(t, notifier(t, config("smtp://mail.invalid")), alerttest.Meta()[1]), false, "cannot be found")
	})
	t.Run("no login", func(t *testing.T) {
		t.Parallel()
		s := &server{tls: certificate}
		cfg := config("smtp://anna:p%40ss-5ecre7@" + s.start(t))
		cfg.RootCAs = pool
		checkError(t, tell(t, notifier(t, cfg), alerttest.Meta()[1]), false, "a login for a password")
	})
	t.Run("nobody there", func(t *testing.T) {
		t.Parallel()
		checkError(t, tell(t, notifier(t, config("smtp+insecure://127.0.0.1:1")), alerttest.Meta()[1]), false, "refuses the connection")
	})
	t.Run("silence", func(t *testing.T) {
		t.Parallel()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		cfg := config("smtp+insecure://" + l.Addr().String())
		cfg.Timeout = 200 * time.Millisecond
		checkError(t, tell(t, notifier(t, cfg), alerttest.Meta()[1]), false, "did not answer within 200ms")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		cfg.Timeout = time.Minute
		err = notifier(t, cfg).Notify(ctx, alert.Notice{Event: alerttest.Meta()[1]})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Notify() = %v, want the context's error", err)
		}
	})
}

func TestConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*email.Config){
		"no name":                 func(c *email.Config) { c.Name = "" },
		"no address":              func(c *email.Config) { c.URL = secret.NewURL("") },
		"a web address":           func(c *email.Config) { c.URL = secret.NewURL("https://5ecre7@host/") },
		"no port":                 func(c *email.Config) { c.URL = secret.NewURL("smtp://5ecre7@host:0") },
		"a password without TLS":  func(c *email.Config) { c.URL = secret.NewURL("smtp+insecure://u:5ecre7@host") },
		"no sender":               func(c *email.Config) { c.Sender = "outcry" },
		"nobody":                  func(c *email.Config) { c.To = nil },
		"a recipient that is not": func(c *email.Config) { c.To = []string{"anna@example.com\r\nBcc: x@example.com"} },
	} {
		cfg := config("smtps://host")
		change(&cfg)
		if _, err := email.New(cfg); err == nil || strings.Contains(err.Error(), "5ecre7") {
			t.Errorf("%s: New() = %v, want an error without a secret", name, err)
		}
	}
	n := notifier(t, config("smtps://[::1]:465"))
	if every, burst := n.Pace(); n.Name() != "post" || every < time.Second || burst < 1 {
		t.Errorf("%s: Pace() = %s, %d", n.Name(), every, burst)
	}
}

func FuzzText(f *testing.F) {
	f.Add("WhatsApp", "#whatsappdown", "https://x.example/1", "confirmed", "IT", 0.5, int64(90), 3)
	f.Add("a\r\nBcc: x@example.com", "<script>\r\n.\r\n", "https://e.example/\"><b>", "resolved", "<x>", -1.0, int64(-1), 60)
	f.Fuzz(func(t *testing.T, name, phrase, url, kind, code string, x float64, seconds int64, count int) {
		e := alerttest.Strange(name, phrase, url, kind, code, x, seconds, count)
		w := alert.English(e)
		if page := email.HTML(e, w); strings.Contains(page, "<script") || strings.Contains(page, "<b>") || strings.Count(page, "<td")%2 != 0 {
			t.Errorf("markup of strangers in %s", page)
		}
		for _, line := range strings.Split(email.Text(e, w), "\r\n") {
			if strings.ContainsAny(line, "\r\n\x00\x1b") {
				t.Errorf("a line holds a line break: %q", line)
			}
		}
	})
}
