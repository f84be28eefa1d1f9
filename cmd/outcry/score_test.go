package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestScoreUsesNothingThatComesLater scores a file, and the same file cut off: the lines that both have are the same.
func TestScoreUsesNothingThatComesLater(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(31, 32))
	at := time.Date(2015, 2, 26, 21, 42, 53, 0, time.UTC)
	lines := []string{"timestamp,value\n"}
	for i := range 3000 {
		count := r.IntN(40)
		if i%700 == 650 {
			count *= 50
		}
		if i == 1500 {
			at = at.Add(3 * time.Hour)
		}
		lines = append(lines, fmt.Sprintf("%s,%d\n", at.Add(time.Duration(i)*5*time.Minute).Format(time.DateTime), count))
	}
	run := func(n int) string {
		var out bytes.Buffer
		if err := scoreSeries(strings.NewReader(strings.Join(lines[:n], "")), &out, "counts.csv"); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	whole := run(len(lines))
	if got := strings.Count(whole, "\n"); got != len(lines) {
		t.Fatalf("%d lines of %d", got, len(lines))
	}
	for _, n := range []int{2, 10, 18, 652, 1400, 1600, 2999} {
		if part := run(n); !strings.HasPrefix(whole, part) {
			t.Errorf("the first %d lines change when more follow", n)
		}
	}
}
