package main

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/sim"
	"github.com/outcry/outcry/internal/chart"
	"github.com/outcry/outcry/internal/secret"
)

// gallery is a Slack that keeps the pictures that are uploaded.
type gallery struct {
	chat
	base     string
	pictures sync.Map
}

func (g *gallery) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "files.getUploadURLExternal"):
		_, _ = fmt.Fprintf(w, `{"ok":true,"upload_url":"%s/upload/%d","file_id":"F1"}`, g.base, time.Now().UnixNano())
	case strings.Contains(r.URL.Path, "/upload/"):
		file, _, err := r.FormFile("file")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body, _ := io.ReadAll(file) // a picture that is cut off does not decode
		g.pictures.Store(r.URL.Path, body)
	case strings.HasSuffix(r.URL.Path, "files.completeUploadExternal"):
		_, _ = io.WriteString(w, `{"ok":true,"files":[{"id":"F1","title":"x"}]}`)
	default:
		g.chat.ServeHTTP(w, r)
	}
}

// TestThePicturesOfTheDemo plays the demo's evening through NATS and Redis into a Slack channel, whose thread shows a picture
// when the outage is confirmed and one when it is over.
func TestThePicturesOfTheDemo(t *testing.T) {
	t.Parallel()
	g := &gallery{chat: chat{threads: map[string][]string{}}}
	server := httptest.NewServer(g)
	defer server.Close()
	g.base = server.URL
	cfg := demoConfig(filepath.Join(t.TempDir(), "data"))
	cfg.Roles = []string{roleCount, roleJudge, roleAlert}
	cfg.Notifiers = []notifierEntry{{
		Type: "slack", Name: "newsroom", URL: secret.NewURL(server.URL), Token: secret.New("xoxb-1"), Channel: "C1", AllowPrivate: []string{"127.0.0.0/8"},
	}}
	h, err := openHouse(t.Context(), &cfg, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := h.close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	loops, err := h.loops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- runAll(ctx, loops, zap.NewNop()) }()
	awaitDesk(t, h, "desk-newsroom")
	source := sim.NewSource(sim.Demo(time.Date(2023, 3, 9, 9, 0, 0, 0, time.UTC)), 1, 0)
	funnel := ingest.NewFunnel(source.Name(), h.know.matcher, h.log, nil, ingest.FunnelConfig{Lateness: time.Duration(cfg.Lateness)}, nil)
	if err := source.Read(t.Context(), "", funnel.Take); err != nil {
		t.Fatal(err)
	}
	if err := funnel.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	pictures := 0
	g.pictures.Range(func(_, body any) bool {
		pictures++
		img, err := png.Decode(bytes.NewReader(body.([]byte))) //nolint:forcetypeassert // that is what is stored
		if err != nil || img.Bounds().Dx() != chart.Width {
			t.Errorf("a picture that is none: %v", err)
		}
		return true
	})
	if pictures < 2 {
		t.Errorf("%d pictures in %d threads, want two an outage", pictures, len(g.channel))
	}
}

func awaitDesk(t *testing.T, h *house, name string) {
	t.Helper()
	for deadline := time.Now().Add(settled); ; time.Sleep(10 * time.Millisecond) {
		behind, err := h.log.Behind(t.Context())
		if _, listens := behind[name]; listens && err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s to listen", name)
		}
	}
}
