package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hypertext"
)

// ErrNoReport is what Deps.Report returns where there is nothing to report or to draw.
var ErrNoReport = errors.New("there is nothing to report")

// reportFile is one of the files that an outage is written up in.
type reportFile struct {
	name, title, mime string
	// kept says that a browser is to keep it, and not to show it.
	kept bool
}

func reportFiles() []reportFile {
	return []reportFile{
		{"report.html", "Page in one file", "text/html; charset=utf-8", true},
		{"report.md", "Markdown", "text/markdown; charset=utf-8", true},
		{"report.json", "JSON", "application/json; charset=utf-8", false},
		{"chart.png", "Chart", "image/png", false},
		{"chart-dark.png", "", "image/png", false},
	}
}

// reportPage answers with one of these files.
func (s *Server) reportPage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	events := s.board.History(id)
	for _, file := range reportFiles() {
		if file.name != r.PathValue("file") || len(events) == 0 || s.deps.Report == nil {
			continue
		}
		body, err := s.reports.get(r.Context(), id+"/"+file.name, s.board.Now(), func(ctx context.Context) ([]byte, error) {
			return s.deps.Report(ctx, id, file.name)
		})
		switch {
		case errors.Is(err, ErrNoReport):
			s.fail(w, http.StatusNotFound, "nothing was heard of this outage that could be shown")
		case err != nil:
			s.deps.Log.Warn("an outage cannot be written up", zap.String("outage", id), zap.Error(err))
			s.fail(w, http.StatusServiceUnavailable, "the report cannot be written now; the log says why")
		default:
			w.Header().Set("Content-Type", file.mime)
			if file.kept {
				w.Header().Set("Content-Disposition", `attachment; filename="outage-`+plainName(id)+strings.TrimPrefix(file.name, "report")+`"`)
			}
			w.Header().Set("Cache-Control", "private, max-age=60")
			s.write(w, body)
		}
		return
	}
	s.fail(w, http.StatusNotFound, "there is no such file of an outage that is remembered")
}

// plainName keeps of an id what may stand in the name of a file.
func plainName(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, id)
}

// picture shows the chart of an outage, as it is in this minute.
func (s *Server) picture(m *hypertext.Writer, o event.Outage, now time.Time) {
	if s.deps.Report == nil {
		return
	}
	address := func(file string) string {
		return "/outages/" + pathSegment(o.ID) + "/" + file + "?at=" + now.UTC().Format("2006-01-02T15:04")
	}
	m.Open("picture")
	m.Open("source", "srcset", address("chart-dark.png"), "media", "(prefers-color-scheme: dark)")
	m.Open("img", "src", address("chart.png"), "alt", "How many people complained, minute by minute, against the usual", "width", "1440", "height", "640")
	m.Shut("picture")
	m.Line()
}

// reportLinks offers what can be taken along.
func (s *Server) reportLinks(m *hypertext.Writer, id string) {
	if s.deps.Report == nil {
		return
	}
	m.Open("section", "aria-labelledby", "report")
	m.Element("h2", "Report", "id", "report")
	m.Open("p", "class", "files")
	for _, file := range reportFiles() {
		if file.title != "" {
			m.Element("a", file.title, "href", "/outages/"+pathSegment(id)+"/"+file.name)
			m.Text(" ")
		}
	}
	m.Shut("p", "section")
	m.Line()
}

// maxReports bounds the reports that are remembered, and reportTimeout is how long writing one may take.
const (
	maxReports    = 100
	reportTimeout = 10 * time.Second
)

// shelf remembers the reports of the current minute of event time, so that many who look cost no more than one.
type shelf struct {
	mu   sync.Mutex
	at   time.Time
	kept map[string][]byte
}

// get gives what is remembered by a key, or makes it. Those who ask meanwhile wait.
func (s *shelf) get(ctx context.Context, key string, now time.Time, write func(context.Context) ([]byte, error)) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := now.Truncate(time.Minute); !at.Equal(s.at) || len(s.kept) >= maxReports {
		s.at, s.kept = at, map[string][]byte{}
	}
	if body, ok := s.kept[key]; ok {
		return body, nil
	}
	ctx, cancel := context.WithTimeout(ctx, reportTimeout)
	defer cancel()
	body, err := write(ctx)
	if err == nil {
		s.kept[key] = body
	}
	return body, err
}
