package web

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// checkTimeout is how long one check of readiness may take.
const checkTimeout = 2 * time.Second

// healthz says that the process answers.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	s.answer(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readiness is the answer of readyz.
type readiness struct {
	Ready bool `json:"ready"`
	// Checks has "ok" or what is wrong, by name.
	Checks map[string]string `json:"checks"`
}

// readyz runs all checks at once. What is wrong is told in full only to those who may ask for the rest, too.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	report := s.runChecks(r.Context())
	if !s.mayAsk(r) {
		for name, result := range report.Checks {
			if result != "ok" {
				report.Checks[name] = "failed"
			}
		}
	}
	code := http.StatusOK
	if !report.Ready {
		code = http.StatusServiceUnavailable
	}
	s.answer(w, code, report)
}

func (s *Server) runChecks(ctx context.Context) readiness {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	report := readiness{Ready: true, Checks: map[string]string{}}
	var mu sync.Mutex
	var running sync.WaitGroup
	for name, check := range s.deps.Ready {
		running.Go(func() {
			result := "ok"
			if err := check(ctx); err != nil {
				result = err.Error()
			}
			mu.Lock()
			defer mu.Unlock()
			report.Checks[name] = result
			report.Ready = report.Ready && result == "ok"
		})
	}
	running.Wait()
	return report
}
