package people_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/people"
	"github.com/outcry/outcry/event"
)

var noon = time.Date(2024, 12, 11, 12, 0, 0, 0, time.UTC)

// store keeps texts in memory. rival, once, puts a text of its own just before a Swap; broken fails.
type store struct {
	texts    map[string]string
	revision map[string]uint64
	rival    string
	broken   error
}

func newStore() *store { return &store{texts: map[string]string{}, revision: map[string]uint64{}} }

func (s *store) Load(_ context.Context, key string) (string, uint64, error) {
	return s.texts[key], s.revision[key], s.broken
}

func (s *store) Swap(_ context.Context, key, text string, revision uint64) (bool, error) {
	if s.rival != "" {
		s.texts[key], s.rival = s.rival, ""
		s.revision[key]++
	}
	if s.broken != nil || revision != s.revision[key] {
		return false, s.broken
	}
	s.texts[key] = text
	s.revision[key]++
	return true, nil
}

func (s *store) All(context.Context) (map[string]string, error) { return maps.Clone(s.texts), s.broken }

var _ people.Store = (*store)(nil)

// office is a Book at noon, over two outages.
type office struct {
	*people.Book
	acks, silences *store
	now            time.Time
}

func newOffice() *office {
	o := &office{acks: newStore(), silences: newStore(), now: noon}
	o.Book = &people.Book{
		Acks: o.acks, Silences: o.silences, Now: func() time.Time { return o.now },
		Outages: func(context.Context) (events []event.Event, err error) {
			for seq, id := range []string{"01A", "01AB", "01B", "01B"} {
				events = append(events, event.NewEvent(event.TypeConfirmed, "whatsapp", noon, event.Outage{ID: id, Seq: seq + 1, Name: "WhatsApp", OnsetAt: noon}))
			}
			return events, nil
		},
		Check: func(s *alert.Silence) error {
			if len(s.Services) > 0 && s.Services[0] == "watsapp" {
				return errors.New(`there is no service "watsapp"`)
			}
			return nil
		},
	}
	return o
}

func TestAck(t *testing.T) {
	t.Parallel()
	o := newOffice()
	ack, e, err := o.Ack(t.Context(), "01B", "ann\x1b[31m")
	if err != nil || e.Data.Seq != 4 {
		t.Fatalf("Ack() = %v with event %d, want the newest", err, e.Data.Seq)
	}
	first := alert.Ack{Outage: "01B", At: noon, By: "ann[31m"}
	if diff := cmp.Diff(first, ack); diff != "" {
		t.Errorf("ack (-want +got):\n%s", diff)
	}
	o.now = noon.Add(time.Minute)
	if ack, _, err = o.Ack(t.Context(), "01B", "bob"); err != nil || ack != first {
		t.Errorf("a second Ack() = %+v, %v; want that of who was first", ack, err)
	}
	if _, _, err := o.Ack(t.Context(), "01C", ""); !errors.Is(err, people.ErrUnknown) {
		t.Errorf("Ack of what is not there gives %v, want ErrUnknown", err)
	}
	if _, _, err := o.Ack(t.Context(), "01", ""); !errors.Is(err, people.ErrWrong) {
		t.Errorf("Ack of two outages gives %v, want ErrWrong", err)
	}
	if all, err := o.Acked(t.Context()); err != nil || len(all) != 1 || all["01B"] != first {
		t.Errorf("Acked() = %+v, %v; want who has it", all, err)
	}
	if ack, _, err = o.Ack(t.Context(), "01A", ""); err != nil || ack.Outage != "01A" || ack.By != "somebody" {
		t.Errorf("an id that others begin with: %+v, %v; want that very outage, taken over by somebody", ack, err)
	}
}

func TestSilences(t *testing.T) {
	t.Parallel()
	o := newOffice()
	planned, err := o.Silence(t.Context(), alert.Silence{Services: []string{"whatsapp"}, By: "ann", Why: "planned\nwork", From: noon.AddDate(-1, 0, 0), ID: "mine"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	muted, _, err := o.Mute(t.Context(), "01B", "bob", "", 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []alert.Silence{
		{ID: planned.ID, Services: []string{"whatsapp"}, From: noon, Until: new(noon.Add(time.Hour)), By: "ann", Why: "planned work"},
		{ID: muted.ID, Outage: "01B", From: noon, By: "bob"},
	}
	byID := cmpopts.SortSlices(func(a, b alert.Silence) bool { return a.ID < b.ID })
	list, err := o.List(t.Context(), false)
	if diff := cmp.Diff(want, list, byID); err != nil || diff != "" || planned.ID == "mine" {
		t.Errorf("%v; silences (-want +got):\n%s", err, diff)
	}
	o.now = noon.Add(30 * time.Minute)
	// While it is being ended, somebody else has written it.
	o.silences.rival = o.silences.texts[planned.ID]
	if ended, err := o.End(t.Context(), planned.ID); err != nil || !ended.Until.Equal(o.now) {
		t.Errorf("End() = %+v, %v; want it to end now", ended, err)
	}
	if _, err := o.End(t.Context(), planned.ID); !errors.Is(err, people.ErrWrong) {
		t.Errorf("a second End() = %v, want ErrWrong", err)
	}
	if _, err := o.End(t.Context(), "nobody"); !errors.Is(err, people.ErrUnknown) {
		t.Errorf("End() of what is not there = %v, want ErrUnknown", err)
	}
	if list, err = o.List(t.Context(), false); err != nil || len(list) != 1 || list[0].ID != muted.ID {
		t.Errorf("List() = %+v, %v; want what is muted", list, err)
	}
	if list, err = o.List(t.Context(), true); err != nil || len(list) != 2 {
		t.Errorf("List(all) = %+v, %v; want both", list, err)
	}
	for name, s := range map[string]alert.Silence{"everything": {}, "no service": {Services: []string{"watsapp"}}} {
		if _, err := o.Silence(t.Context(), s, time.Hour); !errors.Is(err, people.ErrWrong) {
			t.Errorf("a silence of %s gives %v, want ErrWrong", name, err)
		}
	}
	for _, lasting := range []time.Duration{0, -time.Second} {
		if _, err := o.Silence(t.Context(), alert.Silence{Services: []string{"whatsapp"}}, lasting); !errors.Is(err, people.ErrWrong) {
			t.Errorf("a silence for %s gives %v, want ErrWrong", lasting, err)
		}
	}
}

func TestAPI(t *testing.T) {
	t.Parallel()
	const ack, mute, silences = "POST /api/v1/outages/01B/ack", "POST /api/v1/outages/01B/mute", "POST /api/v1/silences"
	tests := []struct {
		name, request, body string
		code                int
		want                string
	}{
		{"ack", ack, `{"by":"ann"}`, 200, `"outage":"01B","at":"2024-12-11T12:00:00Z","by":"ann"`},
		{"ack without a word", ack, ``, 200, `"by":"carla"`},
		{"ack by the beginning of an id", "POST /api/v1/outages/01B/ack", ``, 200, `"outage":"01B"`},
		{"ack of none", "POST /api/v1/outages/02/ack", ``, 404, `no outage begins with`},
		{"ack of several", "POST /api/v1/outages/01/ack", ``, 422, `write more of the id`},
		{"mute for a time", mute, `{"for":"2h","why":"known"}`, 200, `"outage":"01B","from":"2024-12-11T12:00:00Z","until":"2024-12-11T14:00:00Z","by":"carla","why":"known"`},
		{"mute until it is over", mute, `{}`, 200, `"outage":"01B","from":"2024-12-11T12:00:00Z","by":"carla"}`},
		{"mute for no time", mute, `{"for":"soon"}`, 400, `for is no length of time`},
		{"mute for less", mute, `{"for":"-1h"}`, 400, `for is no length of time`},
		{"silence", silences, `{"services":["whatsapp"],"severity":"minor","for":"30m"}`, 200, `"services":["whatsapp"],"severity":"minor"`},
		{"silence without end", silences, `{"services":["whatsapp"]}`, 422, `has no end`},
		{"silence of everything", silences, `{"for":"1h"}`, 422, `silence everything`},
		{"silence of what nobody knows", silences, `{"services":["watsapp"],"for":"1h"}`, 422, `no service \"watsapp\"`},
		{"silence of one outage", silences, `{"outage":"01B","for":"1h"}`, 422, `/mute`},
		{"a field that is none", silences, `{"service":"whatsapp","for":"1h"}`, 400, `no JSON object of the fields`},
		{"no JSON", silences, `for=1h`, 400, `no JSON object of the fields`},
		{"too much", silences, `{"why":"` + strings.Repeat("x", 1<<17) + `"}`, 400, `no JSON object of the fields`},
		{"who has taken what over", "GET /api/v1/acks", ``, 200, `{"01A":{"outage":"01A","at":"2024-12-11T11:30:00Z","by":"dora"}}`},
		{"list", "GET /api/v1/silences", ``, 200, `[{"id":"s1","services":["whatsapp"]`},
		{"end", "DELETE /api/v1/silences/s1", ``, 200, `"until":"2024-12-11T12:00:00Z"`},
		{"end none", "DELETE /api/v1/silences/s2", ``, 404, `no silence \"s2\"`},
		{"another method", "PUT /api/v1/silences", ``, 405, ``},
		{"another path", "POST /api/v1/outages", ``, 404, ``},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			o.silences.texts["s1"], o.silences.revision["s1"] = `{"id":"s1","services":["whatsapp"],"from":"2024-12-11T11:00:00Z","until":"2024-12-11T13:00:00Z"}`, 1
			o.acks.texts["01A"], o.acks.revision["01A"] = `{"outage":"01A","at":"2024-12-11T11:30:00Z","by":"dora"}`, 1
			if got := ask(t, o, test.request, test.body, "application/json"); got.Code != test.code || !strings.Contains(got.Body.String(), test.want) {
				t.Errorf("%s answers %d %s, want %d and %s", test.request, got.Code, got.Body, test.code, test.want)
			}
		})
	}
	t.Run("a form, as any page could send", func(t *testing.T) {
		t.Parallel()
		if got := ask(t, newOffice(), silences, `{"services":["whatsapp"],"for":"1h"}`, "text/plain"); got.Code != http.StatusUnsupportedMediaType {
			t.Errorf("it answers %d %s, want 415", got.Code, got.Body)
		}
	})
	t.Run("a store that fails", func(t *testing.T) {
		t.Parallel()
		o := newOffice()
		o.acks.broken = errors.New("nats://user:pw@10.0.0.1 is gone")
		if got := ask(t, o, ack, ``, ""); got.Code != http.StatusServiceUnavailable || strings.Contains(got.Body.String(), "pw") {
			t.Errorf("it answers %d %s, want 503 and nothing of why", got.Code, got.Body)
		}
	})
}

// ask makes one request, as carla.
func ask(t *testing.T, o *office, request, body, kind string) *httptest.ResponseRecorder {
	t.Helper()
	method, path, _ := strings.Cut(request, " ")
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.SetBasicAuth("carla", "x")
	w := httptest.NewRecorder()
	people.API(o.Book, zap.NewNop()).ServeHTTP(w, r)
	return w
}

// FuzzAPI: whatever is sent, the answer is one of those that are meant, and what is kept can be used.
func FuzzAPI(f *testing.F) {
	f.Add("/api/v1/silences", `{"services":["whatsapp"],"severity":"minor","for":"30m","kinds":["bank"]}`)
	f.Add("/api/v1/outages/01B/mute", `{"for":"2h","by":"x"}`)
	f.Add("/api/v1/outages/01B/ack", ``)
	f.Fuzz(func(t *testing.T, path, body string) {
		if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, " \r\n\t%?#\x00") || strings.Contains(path, "//") || strings.Contains(path, "..") {
			return
		}
		o := newOffice()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		r.URL.Path = path
		w := httptest.NewRecorder()
		people.API(o.Book, zap.NewNop()).ServeHTTP(w, r)
		switch w.Code {
		case 200, 301, 307, 400, 404, 405, 422:
		default:
			t.Errorf("%s answers %d", fmt.Sprintf("%q", path), w.Code)
		}
		list, err := o.List(t.Context(), true)
		for i := range list {
			if err == nil {
				err = list[i].Check()
			}
		}
		if err != nil || len(list) != len(o.silences.texts) {
			t.Errorf("%d silences of %d can be read: %v", len(list), len(o.silences.texts), err)
		}
	})
}
