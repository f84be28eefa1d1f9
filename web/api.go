package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// listOutages answers with the newest event of each outage, newest first: those that are not over, and those that were
// resolved within a day; with ?all=1 everything that is remembered.
func (s *Server) listOutages(w http.ResponseWriter, r *http.Request) {
	if isTrue(r.URL.Query().Get("all")) {
		s.answer(w, http.StatusOK, s.board.All())
		return
	}
	s.answer(w, http.StatusOK, append(s.board.Current(), s.board.Recent()...))
}

// listEvents answers with all events of one outage, in order.
func (s *Server) listEvents(w http.ResponseWriter, r *http.Request) {
	events := s.board.History(r.PathValue("id"))
	if len(events) == 0 {
		s.fail(w, http.StatusNotFound, "no outage with this id is remembered; GET /api/v1/outages?all=1 lists those that are")
		return
	}
	s.answer(w, http.StatusOK, events)
}

// listSources answers with the state of each source.
func (s *Server) listSources(w http.ResponseWriter, _ *http.Request) {
	sources := s.board.Sources(s.deps.Now())
	if sources == nil {
		sources = []SourceState{}
	}
	s.answer(w, http.StatusOK, sources)
}

func isTrue(value string) bool { return value == "1" || value == "true" }

// streamID is the id of an event in streams: (outage, seq), by which a receiver folds repeats.
func streamID(e event.Event) string { return e.Data.ID + "-" + strconv.Itoa(e.Data.Seq) }

func (s *Server) answer(w http.ResponseWriter, code int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		s.deps.Log.Error("answer cannot be encoded", zap.Error(err))
		s.fail(w, http.StatusInternalServerError, "the answer cannot be encoded; the log says why")
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	s.write(w, append(body, '\n'))
}

// fail answers with an error for whoever asked. text is a constant: it must not hold what was asked for.
func (s *Server) fail(w http.ResponseWriter, code int, text string) {
	s.answer(w, code, map[string]string{"error": text})
}

// write sends a body. That the other side has gone away is nobody's fault.
func (s *Server) write(w http.ResponseWriter, body []byte) {
	if _, err := w.Write(body); err != nil {
		s.deps.Log.Debug("answer was not taken", zap.Error(err))
	}
}
