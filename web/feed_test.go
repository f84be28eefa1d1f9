package web_test

import (
	"net/http"
	"strings"
	"testing"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/web"
)

// What was suspected and came to nothing is no news.
func TestTheFeedHoldsWhatWasConfirmed(t *testing.T) {
	t.Parallel()
	board := web.NewBoard(nil)
	var game event.Outage
	for _, e := range story() {
		must(t, board.Handle(t.Context(), e))
		if e.Subject == "roblox" {
			game = e.Data
		}
	}
	game.Seq, game.Phase, game.EndedAt = 2, event.Resolved, ptr(at(15, 58, 0))
	must(t, board.Handle(t.Context(), event.NewEvent(event.TypeResolved, "roblox", at(15, 58, 0), game)))
	got := get(t, newDepsServer(t, web.Config{}, board, web.Deps{Log: zap.NewNop()}).Handler(), "/feed.atom")
	if body := got.Body.String(); got.Code != http.StatusOK || !strings.Contains(body, "HSBC") || !strings.Contains(body, "WhatsApp") || strings.Contains(body, "Roblox") {
		t.Errorf("%d: %s", got.Code, body)
	}
}
