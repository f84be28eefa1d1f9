package web_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/web"
)

const metaID = "meta-1633362060"

func TestReports(t *testing.T) {
	t.Parallel()
	core, logged := observer.New(zap.WarnLevel)
	written := map[string]int{}
	board := evening(t)
	handler := newDepsServer(t, web.Config{}, board, web.Deps{
		Log: zap.New(core),
		Report: func(_ context.Context, id, file string) ([]byte, error) {
			written[id+" "+file]++
			switch {
			case id == "hsbc-1633350000":
				return nil, web.ErrNoReport
			case file == "report.json":
				return nil, errors.New("the log is away")
			}
			return []byte("<" + file + ">"), nil
		},
	}).Handler()
	for _, tc := range []struct {
		path, mime, disposition string
		code                    int
	}{
		{"/outages/" + metaID + "/report.html", "text/html; charset=utf-8", `attachment; filename="outage-meta-1633362060.html"`, http.StatusOK},
		{"/outages/" + metaID + "/report.md", "text/markdown; charset=utf-8", `attachment; filename="outage-meta-1633362060.md"`, http.StatusOK},
		{"/outages/" + metaID + "/chart.png?at=1", "image/png", "", http.StatusOK},
		{"/outages/" + metaID + "/chart.png?at=2", "image/png", "", http.StatusOK},
		{"/outages/" + metaID + "/chart-dark.png", "image/png", "", http.StatusOK},
		{"/outages/" + metaID + "/report.json", "application/json; charset=utf-8", "", http.StatusServiceUnavailable},
		{"/outages/" + metaID + "/secrets.txt", "application/json; charset=utf-8", "", http.StatusNotFound},
		{"/outages/hsbc-1633350000/chart.png", "application/json; charset=utf-8", "", http.StatusNotFound},
		{"/outages/nothing/chart.png", "application/json; charset=utf-8", "", http.StatusNotFound},
	} {
		got := get(t, handler, tc.path)
		if got.Code != tc.code || got.Header().Get("Content-Type") != tc.mime || got.Header().Get("Content-Disposition") != tc.disposition {
			t.Errorf("%s gives %d, %s, %s", tc.path, got.Code, got.Header().Get("Content-Type"), got.Header().Get("Content-Disposition"))
		}
		if got.Code != http.StatusOK && strings.Contains(got.Body.String(), "the log is away") {
			t.Errorf("%s tells strangers why: %s", tc.path, got.Body)
		}
	}
	if n := written[metaID+" chart.png"]; n != 1 {
		t.Errorf("a chart was drawn %d times in one minute", n)
	}
	if n := logged.FilterMessageSnippet("cannot be written up").Len(); n != 1 {
		t.Errorf("%d failures were logged, want 1", n)
	}
	must(t, board.HandleTick(t.Context(), event.Tick{Of: 1, At: at(15, 54, 0)}))
	get(t, handler, "/outages/"+metaID+"/chart.png?at=3")
	if n := written[metaID+" chart.png"]; n != 2 {
		t.Errorf("a minute later the chart was drawn %d times in all, want 2", n)
	}
}

// TestPageShowsTheChart looks for the chart and the links on the page of an outage, and for neither where nobody draws.
func TestPageShowsTheChart(t *testing.T) {
	t.Parallel()
	deps := web.Deps{
		Log: zap.NewNop(),
		Words: func(e *event.Event) web.Words {
			return web.Words{Headline: e.Data.Name + " is " + string(e.Data.Phase)}
		},
		Report: func(context.Context, string, string) ([]byte, error) { return []byte("x"), nil },
		Asides: func(e *event.Event) []web.Aside {
			return []web.Aside{{Label: "Taken over", Text: "by <ann> of " + e.Data.ID}}
		},
	}
	page := get(t, newDepsServer(t, web.Config{}, evening(t), deps).Handler(), "/outages/"+metaID).Body.String()
	for _, want := range []string{
		`<img src="/outages/meta-1633362060/chart.png?at=2021-10-04T15:53" alt="`,
		`<source srcset="/outages/meta-1633362060/chart-dark.png?at=2021-10-04T15:53" media="(prefers-color-scheme: dark)">`,
		`href="/outages/meta-1633362060/report.html"`, "Meta is confirmed", "<b>Taken over</b> by &lt;ann&gt; of meta-1633362060",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	checkTree(t, "/outages/"+metaID, page)
	without := get(t, newServer(t, web.Config{}, evening(t), nil), "/outages/"+metaID).Body.String()
	if strings.Contains(without, "chart.png") || strings.Contains(without, "report.html") {
		t.Error("the page promises a chart that nobody draws")
	}
}

func TestReportsAreGuarded(t *testing.T) {
	t.Parallel()
	deps := web.Deps{Log: zap.NewNop(), Report: func(context.Context, string, string) ([]byte, error) { return []byte("x"), nil }}
	handler := newDepsServer(t, web.Config{Token: secret.New("t0ken")}, evening(t), deps).Handler()
	if got := get(t, handler, "/outages/"+metaID+"/report.md"); got.Code != http.StatusUnauthorized {
		t.Errorf("without a token it gives %d", got.Code)
	}
}
