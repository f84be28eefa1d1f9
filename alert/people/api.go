package people

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/alert"
)

// maxBody bounds a request.
const maxBody = 64 << 10

// API answers requests under /api/v1/: it takes outages over, mutes and silences. Who may ask is decided before.
func API(b *Book, log *zap.Logger) http.Handler {
	a := &api{book: b, log: log.Named("people")}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/outages/{id}/ack", a.ack)
	mux.HandleFunc("POST /api/v1/outages/{id}/mute", a.mute)
	mux.HandleFunc("GET /api/v1/acks", a.acked)
	mux.HandleFunc("GET /api/v1/silences", a.list)
	mux.HandleFunc("POST /api/v1/silences", a.silence)
	mux.HandleFunc("DELETE /api/v1/silences/{id}", a.end)
	return mux
}

type api struct {
	book *Book
	log  *zap.Logger
}

// wish is the body of a request: the fields of a silence, of which a request takes those that it needs, and how long.
type wish struct {
	alert.Silence
	For string `json:"for"`
}

func (a *api) ack(w http.ResponseWriter, r *http.Request) {
	if ask, _, ok := a.read(w, r); ok {
		ack, _, err := a.book.Ack(r.Context(), r.PathValue("id"), ask.By)
		a.answer(w, ack, err)
	}
}

func (a *api) acked(w http.ResponseWriter, r *http.Request) {
	all, err := a.book.Acked(r.Context())
	a.answer(w, all, err)
}

func (a *api) mute(w http.ResponseWriter, r *http.Request) {
	if ask, lasting, ok := a.read(w, r); ok {
		s, _, err := a.book.Mute(r.Context(), r.PathValue("id"), ask.By, ask.Why, lasting)
		a.answer(w, s, err)
	}
}

func (a *api) silence(w http.ResponseWriter, r *http.Request) {
	ask, lasting, ok := a.read(w, r)
	switch {
	case !ok:
	case ask.Outage != "":
		a.fail(w, http.StatusUnprocessableEntity, "one outage is muted at /api/v1/outages/{id}/mute")
	default:
		s, err := a.book.Silence(r.Context(), ask.Silence, lasting)
		a.answer(w, s, err)
	}
}

func (a *api) end(w http.ResponseWriter, r *http.Request) {
	s, err := a.book.End(r.Context(), r.PathValue("id"))
	a.answer(w, s, err)
}

func (a *api) list(w http.ResponseWriter, r *http.Request) {
	list, err := a.book.List(r.Context(), r.URL.Query().Get("all") == "1")
	a.answer(w, list, err)
}

// read reads what is asked for. An empty body asks for nothing in particular. Who asks is the user of HTTP Basic, unless the
// body says otherwise.
func (a *api) read(w http.ResponseWriter, r *http.Request) (ask wish, lasting time.Duration, ok bool) {
	if kind := r.Header.Get("Content-Type"); kind != "" && !strings.HasPrefix(kind, "application/json") {
		a.fail(w, http.StatusUnsupportedMediaType, "the body must be of type application/json")
		return ask, 0, false
	}
	body := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	body.DisallowUnknownFields()
	if err := body.Decode(&ask); err != nil && !errors.Is(err, io.EOF) {
		a.fail(w, http.StatusBadRequest, "the body is no JSON object of the fields that docs/notifiers.md lists")
		return ask, 0, false
	}
	if ask.For != "" {
		var err error
		if lasting, err = time.ParseDuration(ask.For); err != nil || lasting <= 0 {
			a.fail(w, http.StatusBadRequest, `for is no length of time; write it as "30m" or "2h"`)
			return ask, 0, false
		}
	}
	if user, _, basic := r.BasicAuth(); basic && ask.By == "" {
		ask.By = user
	}
	return ask, lasting, true
}

// answer answers with a value, or with what went wrong.
func (a *api) answer(w http.ResponseWriter, value any, err error) {
	switch {
	case errors.Is(err, ErrUnknown):
		a.fail(w, http.StatusNotFound, err.Error())
	case errors.Is(err, ErrWrong):
		a.fail(w, http.StatusUnprocessableEntity, err.Error())
	case err != nil:
		a.log.Error("what people want could not be kept", zap.Error(err))
		a.fail(w, http.StatusServiceUnavailable, "it could not be kept; the log of outcry says why")
	default:
		a.write(w, http.StatusOK, value)
	}
}

func (a *api) fail(w http.ResponseWriter, code int, text string) {
	a.write(w, code, map[string]string{"error": text})
}

func (a *api) write(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	if err := json.NewEncoder(w).Encode(value); err != nil {
		a.log.Debug("answer was not taken", zap.Error(err))
	}
}
