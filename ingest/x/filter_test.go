package x_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/x"
	"github.com/outcry/outcry/internal/datatest"
	"github.com/outcry/outcry/internal/secret"
)

// filter is the stream of API 1.1.
func (f *fake) filter(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	f.form = r.PostForm
	f.mu.Unlock()
	f.stream(w, r)
}

func idV1(n int, text string) string {
	return fmt.Sprint((timeOf(n, text).UnixMilli() - 1288834974657) << 22)
}

// tweet makes the n-th message of a fake API 1.1.
func tweet(n int, text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return fmt.Sprintf(`{"created_at":%q,"id_str":%q,"text":%s,"user":{"id_str":"7","screen_name":"anna"}}`, timeOf(n, text).Format(time.RubyDate), idV1(n, text), quoted)
}

func filterConfig(f *fake) x.FilterConfig {
	return x.FilterConfig{
		Endpoint: f.URL, BearerToken: secret.New(token), Services: []event.Service{whatsapp()}, BatchDelay: 5 * time.Millisecond,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
}

func filter(t *testing.T, cfg x.FilterConfig) *x.Filter {
	t.Helper()
	s, err := x.NewFilter(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestExamOfFilter: the server gives all messages on every connection, because API 1.1 has nothing to resume by.
func TestExamOfFilter(t *testing.T) { //nolint:paralleltest // the exam measures memory
	start := func(idle time.Duration) func(t *testing.T, texts []string) ingesttest.Upstream {
		return func(t *testing.T, texts []string) ingesttest.Upstream {
			t.Helper()
			f := newFake(t, linesOf(texts, tweet, `{"created_at":`))
			cfg := filterConfig(f)
			cfg.Idle = idle
			return ingesttest.Upstream{Source: filter(t, cfg), Wire: f.wire}
		}
	}
	ingesttest.Examine(t, ingesttest.Subject{Cuts: true, Anew: true, Start: start(0), Hasty: start(200 * time.Millisecond)})
}

// hear reads until the stream ends, and gives what came.
func hear(t *testing.T, s *x.Filter) (texts []string, dropped map[string]int, err error) {
	t.Helper()
	dropped = map[string]int{}
	err = s.Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		for i := range b.Posts {
			texts = append(texts, b.Posts[i].Text)
		}
		for reason, n := range b.Dropped {
			dropped[reason] += n
		}
		return nil
	})
	return texts, dropped, err
}

func TestNotices(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{
		"120", tweet(0, "regretted"), tweet(1, "kept"), "", `{"limit":{"track":3}}`, tweet(2, "withheld"), `{"limit":{"track":10}}`,
		fmt.Sprintf(`{"delete":{"status":{"id":%s,"id_str":%q,"user_id":7,"user_id_str":"7"},"timestamp_ms":"1"}}`, idV1(0, ""), idV1(0, "")),
		fmt.Sprintf(`{"status_withheld":{"id":%s,"user_id":7,"withheld_in_countries":["DE"]}}`, idV1(2, "")),
		`{"scrub_geo":{"user_id":7,"up_to_status_id":1}}`, `{"user_withheld":{"id":7}}`,
		`{"warning":{"code":"FALLING_BEHIND","message":"Your connection is falling behind","percent_full":60}}`,
		`{"disconnect":{"code":4,"stream_name":"anna","reason":"stalled"}}`, tweet(3, "after the end"),
	})
	cfg := filterConfig(f)
	cfg.BatchDelay = time.Hour
	texts, dropped, err := hear(t, filter(t, cfg))
	if diff := cmp.Diff([]string{"kept"}, texts); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	want := map[string]int{ingest.ReasonDeleted: 1, ingest.ReasonWithheld: 1, ingest.ReasonRate: 10}
	if diff := cmp.Diff(want, dropped); diff != "" {
		t.Errorf("dropped (-want +got):\n%s", diff)
	}
	if err == nil || !strings.Contains(err.Error(), "stalled (code 4)") || waitOf(t, err) != 250*time.Millisecond {
		t.Errorf("Read = %v", err)
	}
}

func TestTwoProgramsDoNotThrowEachOtherOut(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{`{"disconnect":{"code":7,"stream_name":"anna","reason":"admin logout"}}`})
	s := filter(t, filterConfig(f))
	for _, want := range []time.Duration{time.Minute, time.Minute} { // something came in between, so it does not double
		_, _, err := hear(t, s)
		if got := waitOf(t, err); got != want || !strings.Contains(err.Error(), "another program") {
			t.Errorf("wait %v after %v, want %v", got, err, want)
		}
	}
}

func TestWaitsAreThoseOfAPI11(t *testing.T) {
	t.Parallel()
	for code, want := range map[int][]time.Duration{
		420: {time.Minute, 2 * time.Minute, 4 * time.Minute},
		429: {time.Minute, 2 * time.Minute},
		503: {5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second, 160 * time.Second, 320 * time.Second, 320 * time.Second},
		406: {320 * time.Second}, 401: {320 * time.Second}, 302: {5 * time.Second},
		0: {250 * time.Millisecond, 500 * time.Millisecond},
	} {
		f := newFake(t, nil)
		f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
			if code == 0 {
				return hijack(w, r)
			}
			w.Header().Set("Location", "https://elsewhere.example/")
			http.Error(w, "no", code)
			return true
		}
		s := filter(t, filterConfig(f))
		for i, w := range want {
			err := s.Read(t.Context(), "", never(t))
			if got := waitOf(t, err); got != w || strings.Contains(err.Error(), token) {
				t.Errorf("%d, failure %d: wait %v after %v, want %v", code, i+1, got, err, w)
			}
		}
	}
}

func TestAStalledStreamIsLeft(t *testing.T) {
	t.Parallel()
	f := newFake(t, nil)
	f.hang = true
	cfg := filterConfig(f)
	cfg.Idle = 50 * time.Millisecond
	err := filter(t, cfg).Read(t.Context(), "", never(t))
	if err == nil || !strings.Contains(err.Error(), "no sign of life") {
		t.Errorf("Read = %v, want the complaint that nothing came", err)
	}
}

func TestWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	f := newFake(t, []string{tweet(0, "a"), `{"disconnect":{}}`})
	if texts, _, _ := hear(t, filter(t, filterConfig(f))); len(texts) != 1 {
		t.Fatalf("%d posts", len(texts))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	track := strings.Split(f.form.Get("track"), ",")
	if f.form.Get("stall_warnings") != "true" || !slices.Contains(track, "#whatsappdown") || !slices.Contains(track, "whatsapp down") || slices.Contains(track, "whatsapp is down") {
		t.Errorf("asked for %v", f.form)
	}
}

// signature is that of OAuth 1.0a, worked out from its description.
func signature(r *http.Request, body url.Values, consumerSecret, accessSecret string) (want, got string) {
	all := url.Values{}
	for k, v := range body {
		all[k] = v
	}
	header, _ := strings.CutPrefix(r.Header.Get("Authorization"), "OAuth ")
	for _, part := range strings.Split(header, ", ") {
		k, v, _ := strings.Cut(part, "=")
		v, _ = url.PathUnescape(strings.Trim(v, `"`))
		if k == "oauth_signature" {
			got = v
			continue
		}
		all.Set(k, v)
	}
	escape := func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
	var pairs []string
	for k := range all {
		pairs = append(pairs, escape(k)+"="+escape(all.Get(k)))
	}
	slices.Sort(pairs)
	base := "POST&" + escape("http://"+r.Host+r.URL.Path) + "&" + escape(strings.Join(pairs, "&"))
	mac := hmac.New(sha1.New, []byte(consumerSecret+"&"+accessSecret))
	_, _ = io.WriteString(mac, base)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), got
}

func TestRequestsAreSigned(t *testing.T) {
	t.Parallel()
	var want, got, named string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ParseForm() == nil {
			want, got = signature(r, r.PostForm, "s1", "s2")
			named = r.Header.Get("Authorization")
		}
	}))
	t.Cleanup(server.Close)
	cfg := filterConfig(&fake{Server: server})
	cfg.BearerToken = secret.String{}
	cfg.Keys = x.Keys{ConsumerKey: secret.New("k1"), ConsumerSecret: secret.New("s1"), AccessToken: secret.New("k2"), AccessSecret: secret.New("s2")}
	err := filter(t, cfg).Read(t.Context(), "", never(t))
	if got == "" || got != want || !strings.Contains(named, `oauth_consumer_key="k1"`) || !strings.Contains(named, `oauth_token="k2"`) {
		t.Errorf("signed %q, want %q; %s; %v", got, want, named, err)
	}
}

func TestFilterConfig(t *testing.T) {
	t.Parallel()
	whole := x.FilterConfig{Endpoint: "https://stream.example", Services: []event.Service{whatsapp()}}
	for complaint, change := range map[string]func(*x.FilterConfig){
		"closed it in 2023":      func(c *x.FilterConfig) { c.Endpoint = "" },
		"such as https://stream": func(c *x.FilterConfig) { c.Endpoint = "stream.example" },
		"must be such as":        func(c *x.FilterConfig) { c.Endpoint = "https://bob:tok-1@stream.example" },
		"belong together":        func(c *x.FilterConfig) { c.Keys.ConsumerKey = secret.New("k") },
		"not both": func(c *x.FilterConfig) {
			c.BearerToken = secret.New("t")
			s := secret.New("k")
			c.Keys = x.Keys{ConsumerKey: s, ConsumerSecret: s, AccessToken: s, AccessSecret: s}
		},
		"no service":                func(c *x.FilterConfig) { c.Services = nil },
		"listen for fewer services": func(c *x.FilterConfig) { c.Limits.Phrases = 1; c.Services = append(c.Services, whatsapp()) },
		"at most 3 bytes":           func(c *x.FilterConfig) { c.Limits.Length = 3 },
	} {
		cfg := whole
		change(&cfg)
		if _, err := x.NewFilter(cfg); err == nil || !strings.Contains(err.Error(), complaint) || strings.Contains(err.Error(), "tok-1") {
			t.Errorf("%s: NewFilter = %v", complaint, err)
		}
	}
	filter(t, whole)
}

func TestMakeTrack(t *testing.T) {
	t.Parallel()
	services := []event.Service{
		{ID: "metro", Name: "City Metro", Tags: []string{"MetroStuck"}, Phrases: []string{"doors, stuck"}},
		{ID: "kakao", Name: "카카오톡", Tags: []string{"카톡"}},
		{ID: "line", Name: "ライン", Tags: []string{"ライン障害"}},
	}
	phrases, left, err := x.MakeTrack(services, x.TrackLimits{Phrases: 400, Length: 60})
	if err != nil || left != 0 {
		t.Fatal(left, err)
	}
	want := []string{"#metrostuck", "#카톡", "#ライン障害", "doors stuck", "카카오톡 오류", "#citymetrodown", "카카오톡 장애"}
	if diff := cmp.Diff(want, phrases[:len(want)]); diff != "" {
		t.Errorf("phrases (-want +got):\n%s", diff)
	}
	for i, p := range phrases {
		if len(p) > 60 || strings.Contains(p, ",") || slices.Contains(phrases[:i], p) || strings.Contains(p, "ライン ") {
			t.Errorf("phrase %q", p)
		}
	}
	few, left, err := x.MakeTrack(services, x.TrackLimits{Phrases: 4, Length: 60})
	if err != nil || left != len(phrases)-4 || !slices.Equal(few, phrases[:4]) {
		t.Errorf("%q, %d left, %v", few, left, err)
	}
}

// TestRecordedFilter sends a recorded stream through a server, with lengths before its messages as some ask for them.
func TestRecordedFilter(t *testing.T) {
	t.Parallel()
	raw := datatest.Read(t, "samples", "x-v1.1", "lines.json")
	var lines []string
	want := map[string]bool{}
	for l := range bytes.Lines(raw) {
		var m struct {
			ID string `json:"id_str"`
		}
		if err := json.Unmarshal(l, &m); err != nil {
			t.Fatal(err)
		}
		want[m.ID] = true
		lines = append(lines, fmt.Sprint(len(l)), strings.TrimSpace(string(l)))
	}
	got := map[string]bool{}
	err := filter(t, filterConfig(newFake(t, lines))).Read(t.Context(), "", func(_ context.Context, b ingest.Batch) error {
		if len(b.Dropped) > 0 {
			t.Errorf("dropped %v", b.Dropped)
		}
		for i := range b.Posts {
			got[b.Posts[i].ID] = true
		}
		if len(got) == len(want) {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) || !cmp.Equal(want, got) {
		t.Errorf("%d posts of %d, then %v", len(got), len(want), err)
	}
}

// FuzzNotice: whatever the server says, there is no panic, and a batch only loses posts by it.
func FuzzNotice(f *testing.F) {
	for _, s := range []string{`{"delete":{"status":{"id":1,"id_str":"1"}}}`, `{"limit":{"track":7}}`, `{"disconnect":{"code":7}}`, `{"warning":{}}`, old, "12"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		b, _ := x.Heed([]string{tweet(0, "a"), string(message)})
		for i := range b.Posts {
			if b.Posts[i].Check() != nil {
				t.Fatalf("useless post %+v", b.Posts[i])
			}
		}
		for reason, n := range b.Dropped {
			if n <= 0 {
				t.Fatalf("dropped %d for %s", n, reason)
			}
		}
	})
}
