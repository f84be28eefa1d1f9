package hashtag_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/hashtag"
)

func TestBare(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"#IsItDown": "isitdown", "outage": "outage", "ツイッター障害": "ツイッター障害", "a_1": "a_1"} {
		if got, ok := hashtag.Bare(tag); !ok || got != want {
			t.Errorf("Bare(%q) = %q, %v; want %q", tag, got, ok, want)
		}
	}
	for _, none := range []string{"", "#", "two words", "a-b", "##a"} {
		if got, ok := hashtag.Bare(none); ok {
			t.Errorf("Bare(%q) = %q", none, got)
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	tags := hashtag.Of([]event.Service{{Name: "City Metro", Tags: []string{"metrostuck"}}, {Name: "***"}})
	if diff := cmp.Diff([]string{"metrostuck", "citymetrodown"}, tags); diff != "" {
		t.Errorf("Of (-want +got):\n%s", diff)
	}
}
