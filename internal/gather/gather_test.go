package gather_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/internal/gather"
)

var (
	errBroken  = errors.New("broken")
	errRefused = errors.New("refused")
)

// count sends 0 to n-1, with a pause after each, and breaks.
func count(n int, pause time.Duration) func(context.Context, func(int) error) error {
	return func(_ context.Context, send func(int) error) error {
		for i := range n {
			if err := send(i); err != nil {
				return err
			}
			time.Sleep(pause)
		}
		return errBroken
	}
}

func TestPacks(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		cfg   gather.Config
		pause time.Duration
		want  [][]int
	}{
		"by size":  {gather.Config{Size: 2, Delay: time.Hour}, 0, [][]int{{0, 1}, {2, 3}, {4}}},
		"by delay": {gather.Config{Size: 9, Delay: 15 * time.Second}, 10 * time.Second, [][]int{{0, 1}, {2, 3}, {4}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var packs [][]int
				left, err := gather.Run(t.Context(), tc.cfg, count(5, tc.pause), func(_ context.Context, pack []int) error {
					packs = append(packs, append([]int(nil), pack...))
					return nil
				})
				if !errors.Is(err, errBroken) || len(left) != 0 {
					t.Errorf("Run = %v, %v; want nothing left, and what broke", left, err)
				}
				if diff := cmp.Diff(tc.want, packs); diff != "" {
					t.Errorf("packs (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestPulseWithoutAnything(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 35*time.Second)
		defer cancel()
		pulses := 0
		_, err := gather.Run(ctx, gather.Config{Size: 1, Pulse: 10 * time.Second},
			func(ctx context.Context, _ func(int) error) error {
				<-ctx.Done()
				return ctx.Err()
			},
			func(context.Context, []int) error {
				pulses++
				return nil
			})
		if !errors.Is(err, context.DeadlineExceeded) || pulses != 3 {
			t.Errorf("%d pulses, then %v; want 3, then the end of the context", pulses, err)
		}
	})
}

func TestWhatIsRefusedIsLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		left, err := gather.Run(t.Context(), gather.Config{Size: 2, Delay: time.Hour}, count(100, 0), func(context.Context, []int) error {
			if calls++; calls == 2 {
				synctest.Wait()
				return errRefused
			}
			return nil
		})
		if !errors.Is(err, errRefused) {
			t.Errorf("Run = %v", err)
		}
		for i, v := range left {
			if v != i+2 {
				t.Fatalf("left are %v", left)
			}
		}
		if len(left) < 4 || len(left) > 5 {
			t.Errorf("%d are left, want the pack and what waited", len(left))
		}
	})
}
