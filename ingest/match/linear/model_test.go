package linear_test

import (
	"errors"
	"math"
	"testing"

	"github.com/outcry/outcry/ingest/match/linear"
)

// spread makes features of small numbers, as hashes differ in their high bits.
func spread(numbers ...uint32) []uint32 {
	for i, n := range numbers {
		numbers[i] = n * 0x9E3779B1
	}
	return numbers
}

// lessons are positive if they hold a 1, unless they hold a 2, and other features say nothing.
func lessons() []linear.Example {
	var list []linear.Example
	for i := range uint32(200) {
		noise := 10 + i%7
		list = append(list,
			linear.Example{Features: spread(1, noise), Weight: 1, Positive: true},
			linear.Example{Features: spread(noise), Weight: 1},
			linear.Example{Features: spread(1, 2, noise), Weight: 1},
		)
	}
	return list
}

func trained() *linear.Model {
	return linear.Train(lessons(), linear.Options{Bits: 12, Cost: 4, Rounds: 20, Seed: 1})
}

func TestTrainTellsApart(t *testing.T) {
	t.Parallel()
	m := trained()
	for _, c := range []struct {
		name     string
		features []uint32
		positive bool
	}{
		{"what is told by a feature", spread(1, 11), true},
		{"what lacks it", spread(11), false},
		{"what another takes back", spread(1, 2, 11), false},
		{"a feature never seen", spread(1, 5000), true},
		{"nothing", nil, false},
	} {
		if odds := m.LogOdds(c.features); (odds > 0) != c.positive {
			t.Errorf("%s: log odds %.2f, want positive: %v", c.name, odds, c.positive)
		}
	}
	if one, two := m.Weight(spread(1)[0]), m.Weight(spread(2)[0]); one <= 0 || two >= 0 {
		t.Errorf("weights %.2f and %.2f, want one for and one against", one, two)
	}
}

func TestTrainGivesProbabilities(t *testing.T) {
	t.Parallel()
	var list []linear.Example
	for i := range 4000 {
		list = append(list, linear.Example{Features: spread(1), Weight: 1, Positive: i%4 == 0})
	}
	m := linear.Train(list, linear.Options{Bits: 8, Cost: 4, Rounds: 30, Seed: 1})
	if p := 1 / (1 + math.Exp(-m.LogOdds(spread(1)))); math.Abs(p-.25) > .01 {
		t.Errorf("probability %.3f of what is positive one time in four", p)
	}
}

func TestTrainWeighsExamples(t *testing.T) {
	t.Parallel()
	var list []linear.Example
	for range 100 {
		list = append(list,
			linear.Example{Features: spread(1), Weight: 3, Positive: true},
			linear.Example{Features: spread(1), Weight: 1},
			linear.Example{Features: spread(1), Weight: 0},
		)
	}
	m := linear.Train(list, linear.Options{Bits: 8, Cost: 4, Rounds: 30, Seed: 1})
	if p := 1 / (1 + math.Exp(-m.LogOdds(spread(1)))); math.Abs(p-.75) > .01 {
		t.Errorf("probability %.3f, want three quarters", p)
	}
}

func TestTrainIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	one, two := trained(), trained()
	if string(one.Append(nil)) != string(two.Append(nil)) {
		t.Error("the same examples gave two models")
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	m := trained()
	raw := m.Append([]byte("head"))[4:]
	back, rest, err := linear.Decode(append(raw, "tail"...))
	if err != nil || string(rest) != "tail" {
		t.Fatalf("rest %q, error %v", rest, err)
	}
	for _, f := range [][]uint32{spread(1, 11), spread(2), nil} {
		if m.LogOdds(f) != back.LogOdds(f) {
			t.Errorf("%v: %v and %v", f, m.LogOdds(f), back.LogOdds(f))
		}
	}
	for _, n := range []int{0, 8, len(raw) - 1} {
		if _, _, err := linear.Decode(raw[:n]); !errors.Is(err, linear.ErrShort) {
			t.Errorf("%d bytes: error %v, want ErrShort", n, err)
		}
	}
	for name, raw := range map[string][]byte{
		"no weights":      {0, 0, 0, 0, 0, 0, 0, 0, 0},
		"a huge table":    {25, 0, 0, 0, 0, 0, 0, 0, 0},
		"an endless bias": {1, 0, 0, 0x80, 0x7F, 0, 0, 0, 0, 0, 0},
	} {
		if _, _, err := linear.Decode(raw); err == nil || errors.Is(err, linear.ErrShort) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, 1, 255})
	f.Add([]byte{24})
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, rest, err := linear.Decode(raw)
		if err != nil {
			return
		}
		if got := m.LogOdds(spread(1, 2, 3)); math.IsNaN(got) {
			t.Errorf("odds %v", got)
		}
		if again := append(m.Append(nil), rest...); string(again) != string(raw) {
			t.Errorf("%x became %x", raw, again)
		}
	})
}
