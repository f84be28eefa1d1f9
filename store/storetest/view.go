package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// View is what every store of the view offers.
type View interface {
	Load(ctx context.Context, group string, each func(key, field string, value []byte) error) (uint64, error)
	Apply(ctx context.Context, group string, from, to uint64, set map[string]map[string][]byte, del map[string][]string) (bool, error)
	Ping(ctx context.Context) error
	Close() error
}

// Hashes are the contents of a group: key, field, value.
type Hashes = map[string]map[string][]byte

// ViewServer is a deployment of the view.
type ViewServer struct {
	// Open gives one more client.
	Open func(t *testing.T) View
	// Flush empties the server. nil: it cannot be emptied.
	Flush func(t *testing.T)
}

// ExamView examines a deployment of the view. Each exam uses groups of its own; the one that empties the server comes last.
func ExamView(t *testing.T, server ViewServer) {
	for _, exam := range []struct {
		name string
		run  func(*testing.T, ViewServer)
	}{
		{"an unknown group is empty", examUnknown},
		{"what is applied is loaded", examApply},
		{"deleting goes before writing", examDelete},
		{"a wrong position changes nothing", examWrongPosition},
		{"applied twice is once", examTwice},
		{"of concurrent writers one wins", examConcurrent},
		{"groups are strangers", examGroups},
		{"positions are exact", examPositions},
		{"any bytes are kept", examBytes},
		{"large changes are one step", examLarge},
		{"loading stops at an error", examLoadError},
		{"names that cannot be are refused", examNames},
		{"a loader never sees half a change", examTorn},
		{"an emptied server is told apart", examFlush},
	} {
		t.Run(exam.name, func(t *testing.T) { exam.run(t, server) })
	}
}

// LoadAll loads a group as a whole.
func LoadAll(t *testing.T, v View, group string) (Hashes, uint64) {
	t.Helper()
	got := Hashes{}
	pos, err := v.Load(t.Context(), group, func(key, field string, value []byte) error {
		if got[key] == nil {
			got[key] = map[string][]byte{}
		}
		got[key][field] = append([]byte{}, value...)
		return nil
	})
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return got, pos
}

func wantGroup(t *testing.T, v View, group string, want Hashes, wantPos uint64) {
	t.Helper()
	got, pos := LoadAll(t, v, group)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("group %s (-want +got):\n%s", group, diff)
	}
	if pos != wantPos {
		t.Errorf("group %s is at %d, want %d", group, pos, wantPos)
	}
}

func apply(t *testing.T, v View, group string, from, to uint64, set Hashes, del map[string][]string, want bool) {
	t.Helper()
	moved, err := v.Apply(t.Context(), group, from, to, set, del)
	if err != nil {
		t.Fatalf("Apply: %v", err)
	}
	if moved != want {
		t.Fatalf("Apply from %d to %d: moved is %v, want %v", from, to, moved, want)
	}
}

func hash(pairs ...string) map[string][]byte {
	h := map[string][]byte{}
	for i := 0; i+1 < len(pairs); i += 2 {
		h[pairs[i]] = []byte(pairs[i+1])
	}
	return h
}

func examUnknown(t *testing.T, s ViewServer) {
	v := s.Open(t)
	wantGroup(t, v, "unknown", Hashes{}, 0)
	if err := v.Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
}

func examApply(t *testing.T, s ViewServer) {
	v := s.Open(t)
	apply(t, v, "apply", 0, 5, Hashes{"whatsapp": hash("a", "1", "b", "2"), "x": hash("c", "3")}, nil, true)
	apply(t, v, "apply", 5, 9, Hashes{"whatsapp": hash("b", "20", "d", "4")}, nil, true)
	want := Hashes{"whatsapp": hash("a", "1", "b", "20", "d", "4"), "x": hash("c", "3")}
	wantGroup(t, v, "apply", want, 9)
	wantGroup(t, s.Open(t), "apply", want, 9)

	apply(t, v, "apply", 9, 12, nil, nil, true)
	wantGroup(t, v, "apply", want, 12)
}

func examDelete(t *testing.T, s ViewServer) {
	v := s.Open(t)
	apply(t, v, "delete", 0, 1, Hashes{"a": hash("1", "x", "2", "x", "3", "x"), "b": hash("1", "x"), "c": hash("1", "x", "2", "x"), "d": hash("1", "x")}, nil, true)
	apply(t, v, "delete", 1, 2,
		Hashes{"c": hash("9", "new"), "d": hash("1", "again")},
		map[string][]string{"a": {"1", "3", "never there"}, "b": nil, "c": nil, "d": {"1"}, "not there": nil, "nor there": {"x"}}, true)
	want := Hashes{"a": hash("2", "x"), "c": hash("9", "new"), "d": hash("1", "again")}
	wantGroup(t, v, "delete", want, 2)

	apply(t, v, "delete", 2, 3, nil, map[string][]string{"a": {"2"}, "c": {"9"}, "d": nil}, true)
	wantGroup(t, v, "delete", Hashes{}, 3)
	apply(t, v, "delete", 3, 4, Hashes{"a": hash("1", "back")}, nil, true)
	wantGroup(t, v, "delete", Hashes{"a": hash("1", "back")}, 4)
}

func examWrongPosition(t *testing.T, s ViewServer) {
	v := s.Open(t)
	apply(t, v, "position", 7, 8, Hashes{"a": hash("1", "x")}, nil, false)
	wantGroup(t, v, "position", Hashes{}, 0)
	apply(t, v, "position", 0, 10, Hashes{"a": hash("1", "x")}, nil, true)
	for _, from := range []uint64{0, 1, 9, 11, 100} {
		apply(t, v, "position", from, 200, Hashes{"a": hash("1", "y", "2", "y")}, map[string][]string{"a": nil}, false)
	}
	wantGroup(t, v, "position", Hashes{"a": hash("1", "x")}, 10)
	if _, err := v.Apply(t.Context(), "position", 10, 9, nil, nil); err == nil {
		t.Error("a step backwards was accepted")
	}
}

func examTwice(t *testing.T, s ViewServer) {
	v := s.Open(t)
	set := Hashes{"a": hash("1", "x")}
	apply(t, v, "twice", 0, 3, set, nil, true)
	apply(t, v, "twice", 0, 3, set, nil, false)
	wantGroup(t, v, "twice", set, 3)
}

func examConcurrent(t *testing.T, s ViewServer) {
	const writers, rounds = 4, 20
	views := make([]View, writers)
	for i := range views {
		views[i] = s.Open(t)
	}
	for round := range uint64(rounds) {
		var all sync.WaitGroup
		moved := make([]bool, writers)
		errs := make([]error, writers)
		for i, v := range views {
			all.Go(func() {
				set := Hashes{"winner": hash("writer", strconv.Itoa(i)), "by-" + strconv.Itoa(i): hash("round", strconv.FormatUint(round, 10))}
				moved[i], errs[i] = v.Apply(t.Context(), "concurrent", round, round+1, set, nil)
			})
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatalf("Apply: %v", err)
		}
		winner := -1
		for i, won := range moved {
			switch {
			case won && winner >= 0:
				t.Fatalf("round %d: both %d and %d moved the group", round, winner, i)
			case won:
				winner = i
			}
		}
		if winner < 0 {
			t.Fatalf("round %d: nobody moved the group", round)
		}
		got, pos := LoadAll(t, views[0], "concurrent")
		if name := string(got["winner"]["writer"]); pos != round+1 || name != strconv.Itoa(winner) {
			t.Fatalf("round %d: writer %d won, but the group holds %q at %d", round, winner, name, pos)
		}
	}
}

func examGroups(t *testing.T, s ViewServer) {
	v := s.Open(t)
	apply(t, v, "counter-0", 0, 4, Hashes{"k": hash("f", "zero")}, nil, true)
	apply(t, v, "counter-01", 0, 6, Hashes{"k": hash("f", "one")}, nil, true)
	wantGroup(t, v, "counter-0", Hashes{"k": hash("f", "zero")}, 4)
	wantGroup(t, v, "counter-01", Hashes{"k": hash("f", "one")}, 6)
}

func examPositions(t *testing.T, s ViewServer) {
	v := s.Open(t)
	// Above 2^53 neighbours are one and the same to whoever computes with floating point.
	const far = uint64(math.MaxUint64) - 1
	apply(t, v, "far", 0, far, Hashes{"k": hash("f", "v")}, nil, true)
	apply(t, v, "far", far-1, far, Hashes{"k": hash("f", "wrong")}, nil, false)
	apply(t, v, "far", far, far+1, nil, nil, true)
	wantGroup(t, v, "far", Hashes{"k": hash("f", "v")}, far+1)
}

func examBytes(t *testing.T, s ViewServer) {
	v := s.Open(t)
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	set := Hashes{"インスタ: *?[x] \r\n": {"": all, "\x00\xff": {}, "-1": []byte("-1")}, "-1": hash("3", "4")}
	apply(t, v, "bytes", 0, 1, set, nil, true)
	wantGroup(t, v, "bytes", set, 1)
	apply(t, v, "bytes", 1, 2, nil, map[string][]string{"インスタ: *?[x] \r\n": {"", "\x00\xff"}, "-1": {"3"}}, true)
	wantGroup(t, v, "bytes", Hashes{"インスタ: *?[x] \r\n": hash("-1", "-1")}, 2)
}

func examLarge(t *testing.T, s ViewServer) {
	v := s.Open(t)
	wide := Hashes{"wide": {}}
	for i := range 30_000 {
		wide["wide"][fmt.Sprintf("f%05d", i)] = []byte(strconv.Itoa(i))
	}
	for i := range 1_000 {
		wide[fmt.Sprintf("k%04d", i)] = hash("a", "1", "b", "2", "c", "3")
	}
	apply(t, v, "large", 3, 4, wide, nil, false)
	wantGroup(t, v, "large", Hashes{}, 0)
	apply(t, v, "large", 0, 4, wide, nil, true)
	wantGroup(t, v, "large", wide, 4)

	gone := map[string][]string{}
	for i := range 29_000 {
		field := fmt.Sprintf("f%05d", i)
		gone["wide"] = append(gone["wide"], field)
		delete(wide["wide"], field)
	}
	for i := range 900 {
		key := fmt.Sprintf("k%04d", i)
		gone[key] = nil
		delete(wide, key)
	}
	apply(t, v, "large", 4, 5, nil, gone, true)
	wantGroup(t, v, "large", wide, 5)
}

func examLoadError(t *testing.T, s ViewServer) {
	v := s.Open(t)
	apply(t, v, "stop", 0, 1, Hashes{"a": hash("1", "x", "2", "x")}, nil, true)
	stop := errors.New("stop")
	calls := 0
	_, err := v.Load(t.Context(), "stop", func(string, string, []byte) error { calls++; return stop })
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("Load gave %v after %d calls, want the error of the first call", err, calls)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Apply(ended, "stop", 1, 2, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply under an ended context gave %v", err)
	}
	wantGroup(t, v, "stop", Hashes{"a": hash("1", "x", "2", "x")}, 1)
}

func examNames(t *testing.T, s ViewServer) {
	v := s.Open(t)
	for _, group := range []string{"", "a{b", "a}b"} {
		if _, err := v.Apply(t.Context(), group, 0, 1, nil, nil); err == nil {
			t.Errorf("group %q was accepted", group)
		}
	}
	for _, key := range []string{"", "@meta"} {
		if _, err := v.Apply(t.Context(), "names", 0, 1, Hashes{key: hash("f", "v")}, nil); err == nil {
			t.Errorf("writing key %q was accepted", key)
		}
		if _, err := v.Apply(t.Context(), "names", 0, 1, nil, map[string][]string{key: nil}); err == nil {
			t.Errorf("deleting key %q was accepted", key)
		}
	}
	wantGroup(t, v, "names", Hashes{}, 0)
}

func examTorn(t *testing.T, s ViewServer) {
	const steps = 60
	writer, reader := s.Open(t), s.Open(t)
	done := make(chan error, 1)
	go func() {
		for step := range uint64(steps) {
			text := strconv.FormatUint(step+1, 10)
			set := Hashes{}
			for i := range 10 {
				set["k"+strconv.Itoa(i)] = hash("step", text)
			}
			if moved, err := writer.Apply(t.Context(), "torn", step, step+1, set, nil); err != nil || !moved {
				done <- fmt.Errorf("step %d: moved %v: %w", step, moved, err)
				return
			}
		}
		done <- nil
	}()
	for pos := uint64(0); pos < steps; {
		var got Hashes
		got, pos = LoadAll(t, reader, "torn")
		for key, fields := range got {
			if string(fields["step"]) != strconv.FormatUint(pos, 10) {
				t.Fatalf("at position %d key %s is of step %s", pos, key, fields["step"])
			}
		}
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			done <- nil
		default:
		}
	}
}

func examFlush(t *testing.T, s ViewServer) {
	if s.Flush == nil {
		t.Log("this deployment cannot be emptied from outside")
		return
	}
	v := s.Open(t)
	apply(t, v, "flush", 0, 7, Hashes{"a": hash("1", "x")}, nil, true)
	s.Flush(t)
	apply(t, v, "flush", 7, 8, Hashes{"a": hash("2", "y")}, nil, false)
	wantGroup(t, v, "flush", Hashes{}, 0)
	apply(t, v, "flush", 0, 8, Hashes{"a": hash("3", "z")}, nil, true)
	wantGroup(t, v, "flush", Hashes{"a": hash("3", "z")}, 8)
}
