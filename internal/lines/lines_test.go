package lines_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/internal/lines"
)

func TestNext(t *testing.T) {
	t.Parallel()
	for _, read := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader} {
		r := lines.NewReader(read(strings.NewReader("a\r\n\n"+strings.Repeat("b", 100_000)+"\nc\nhalf")), 5)
		var got []string
		for {
			line, err := r.Next()
			if errors.Is(err, lines.ErrEnded) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(line))
		}
		if diff := cmp.Diff([]string{"a", "", "bbbbb", "c"}, got); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, w := lines.NewWatch(t.Context(), 20*time.Second)
		defer w.Stop()
		pr, pw := io.Pipe()
		go func() {
			for range 3 {
				time.Sleep(15 * time.Second)
				_, _ = pw.Write([]byte("\n"))
			}
		}()
		context.AfterFunc(ctx, func() { _ = pr.Close() })
		began := time.Now()
		_, err := io.Copy(io.Discard, w.Reader(pr))
		if took := time.Since(began); took != 65*time.Second || !errors.Is(w.Cause(err), lines.ErrSilent) {
			t.Errorf("after %v: %v; want silence after 65 s", took, w.Cause(err))
		}
	})
}

func TestTouch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, w := lines.NewWatch(t.Context(), 20*time.Second)
		defer w.Stop()
		began := time.Now()
		time.Sleep(15 * time.Second)
		w.Touch()
		<-ctx.Done()
		if took := time.Since(began); took != 35*time.Second {
			t.Errorf("the watch ended after %v, want 35 s", took)
		}
	})
}

// FuzzNext: whatever a stream holds, lines are whole, of bounded length, and all there, however it comes in pieces.
func FuzzNext(f *testing.F) {
	f.Add([]byte("a\r\n\nb\nhalf"), 5)
	f.Add([]byte(strings.Repeat("b", 100_000)+"\n"), 100)
	f.Fuzz(func(t *testing.T, stream []byte, limit int) {
		limit = 1 + min(max(limit, 0), 1<<16)
		whole := lines.NewReader(bytes.NewReader(stream), limit)
		pieces := lines.NewReader(iotest.HalfReader(bytes.NewReader(stream)), limit)
		n := 0
		for {
			line, err := whole.Next()
			other, otherErr := pieces.Next()
			if !bytes.Equal(line, other) || !errors.Is(otherErr, err) {
				t.Fatalf("%q, %v at once and %q, %v in pieces", line, err, other, otherErr)
			}
			if err != nil {
				break
			}
			n++
			if len(line) > limit || bytes.ContainsRune(line, '\n') {
				t.Fatalf("line %q is longer than %d, or not one", line, limit)
			}
		}
		if want := bytes.Count(stream, []byte("\n")); n != want {
			t.Fatalf("%d lines, want %d", n, want)
		}
	})
}
