package storetest

import (
	"testing"
	"time"
)

// Patience is how long an exam waits for what must come true. It is far more than any machine needs, because a wait that
// is too short makes a slow machine look like a fault.
const Patience = 3 * time.Minute

const lookAgain = 5 * time.Millisecond

// Eventually waits until holds returns true, and fails the test if that takes longer than Patience.
func Eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	ticker := time.NewTicker(lookAgain)
	defer ticker.Stop()
	deadline := time.NewTimer(Patience)
	defer deadline.Stop()
	for !holds() {
		select {
		case <-ticker.C:
		case <-deadline.C:
			t.Fatalf("%s did not come true within %s", what, Patience)
		case <-t.Context().Done():
			t.Fatalf("the test ended while waiting: %s", what)
		}
	}
}
