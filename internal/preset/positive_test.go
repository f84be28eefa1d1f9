package preset_test

import (
	"testing"
	"time"

	"github.com/outcry/outcry/internal/preset"
)

func TestPositive(t *testing.T) {
	t.Parallel()
	for have, want := range map[time.Duration]time.Duration{0: time.Minute, -1: time.Minute, 1: 1, time.Hour: time.Hour} {
		got := have
		if preset.Positive(&got, time.Minute); got != want {
			t.Errorf("%s becomes %s, want %s", have, got, want)
		}
	}
}
