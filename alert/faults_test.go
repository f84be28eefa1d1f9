package alert_test

import (
	"flag"
	"fmt"
	"testing"
)

// faultRuns is how many made-up evenings TestFaults plays: make faults RUNS=100000 plays more.
var faultRuns = flag.Int("runs", 1000, "evenings full of faults to play")

// TestFaults plays evenings full of faults, each from a seed of its own, in which two Desks work off one log at once: they are
// killed at any step and started anew, cut off from the server, and given events again that the other one still works on;
// acknowledgements are lost, events are published twice, and the receiver fails, limits, takes a notice in without saying
// so, or refuses it for good. Some evenings have silences, escalations, acks, reminders and routes. However it goes: no
// event is lost (each is told, or is a dead letter), none is out of order once repeats are folded by key, every repeat has
// the key and the content of the first, and what is told last is how it stands.
func TestFaults(t *testing.T) {
	t.Parallel()
	var total tally
	for seed := range uint64(*faultRuns) {
		one := playEvening(seed, sabotage{})
		if one.violations() > 0 {
			t.Logf("seed %d: %+v\n%s", seed, one.counts, one.story)
		}
		total.add(one)
	}
	t.Logf("%d runs: %d lost, %d out of order, %d repeats with another key; in all %+v",
		*faultRuns, total.Lost, total.OutOfOrder, total.OtherKeys, total.counts)
	if total.violations() > 0 {
		t.Errorf("lost %d, out of order %d, repeats with another key %d, forgotten %d, told too soon %d, last word that is not the newest %d, an end without its beginning %d, stuck %d; want none",
			total.Lost, total.OutOfOrder, total.OtherKeys, total.Forgotten, total.TooSoon, total.LastWords, total.NoBeginning, total.Stuck)
	}
	n := *faultRuns
	if total.Kills < n || total.Cuts < n/2 || total.LostAcks < n || total.Redeliveries < n || total.Failures < n || total.Refusals < n/20 ||
		total.TwoAtOnce < n || total.KeptTold < n/20 || total.Asides < n/20 {
		t.Errorf("there were too few faults to prove anything: %+v", total.counts)
	}
}

// TestNoFaultsNoRepeats plays evenings on which nothing fails, with one Desk at work: nothing is told twice.
func TestNoFaultsNoRepeats(t *testing.T) {
	t.Parallel()
	var total tally
	for seed := range uint64(100) {
		one := playEvening(seed, sabotage{peaceful: true})
		if one.violations()+one.Repeats > 0 {
			t.Errorf("evening %d: %+v\n%s", seed, one.counts, one.story)
		}
		total.add(one)
	}
	if total.Told < 100 || total.Asides < 10 || total.Kills+total.Cuts+total.Failures > 0 {
		t.Errorf("the evenings were not as they were meant to be: %+v", total.counts)
	}
}

// TestFaultsAreNoticed holds the exam to noticing Desks that break a rule.
func TestFaultsAreNoticed(t *testing.T) {
	t.Parallel()
	const patience = 2000
	for _, test := range []struct {
		rule     string
		sabotage sabotage
		noticed  func(tally) int
	}{
		{"acknowledge after telling", sabotage{acksFirst: true}, func(c tally) int { return c.Lost }},
		{"a fault is no success", sabotage{swallowsFaults: true}, func(c tally) int { return c.Lost }},
		{"keep the dead letter before you go on", sabotage{dropsLetters: true}, func(c tally) int { return c.Lost }},
		{"one event at a time", sabotage{inFlight: 2}, func(c tally) int { return c.OutOfOrder }},
		{"the same key at every attempt", sabotage{keyPerAttempt: true}, func(c tally) int { return c.OtherKeys }},
		{"who was told the beginning is told the end", sabotage{noMemory: true}, func(c tally) int { return c.Lost }},
		{"what is kept back is told later", sabotage{neverLooks: true}, func(c tally) int { return c.Forgotten }},
		{"no reminder before its time", sabotage{clockAhead: true}, func(c tally) int { return c.TooSoon }},
		{"what flaps is damped", sabotage{restless: true}, func(c tally) int { return c.TooSoon }},
		{"read what was told where it was noted", sabotage{lags: true}, func(c tally) int { return c.Lost }},
		{"look at the log before and after a reminder", sabotage{blind: true}, func(c tally) int { return c.LastWords }},
	} {
		t.Run(test.rule, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(patience) {
				if test.noticed(playEvening(seed, test.sabotage)) > 0 {
					t.Logf("noticed in evening %d", seed)
					return
				}
			}
			t.Errorf("%d evenings went by and nobody noticed", patience)
		})
	}
}

// TestTheSameSeedIsTheSameEvening holds the simulation to being one: what fails can be played again.
func TestTheSameSeedIsTheSameEvening(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		a, b := playEvening(seed, sabotage{}), playEvening(seed, sabotage{})
		diff(t, fmt.Sprint("evening ", seed), a.story, b.story)
	}
}

// sabotage is a rule that a Desk, or what runs it, breaks.
type sabotage struct {
	acksFirst, swallowsFaults, dropsLetters, keyPerAttempt, noMemory, neverLooks, clockAhead, blind, restless, lags bool
	// peaceful keeps faults away, and the second Desk, but not people.
	peaceful bool
	// inFlight is how many events are handed out at once; 0: one.
	inFlight int
}

// counts is what happened.
type counts struct {
	Events, Told, Repeats, DeadLetters, KeptTold, Asides                               int
	Kills, Cuts, LostAcks, Redeliveries, TwoAtOnce, Failures, Refusals, Silences, Acks int
}

// tally is what happened in an evening, and which rules it broke.
type tally struct {
	counts
	Lost, OutOfOrder, OtherKeys, Forgotten, TooSoon, LastWords, NoBeginning, Stuck int
	// story is the evening step by step, for evenings that went wrong.
	story string
}

func (a *tally) violations() int {
	return a.Lost + a.OutOfOrder + a.OtherKeys + a.Forgotten + a.TooSoon + a.LastWords + a.NoBeginning + a.Stuck
}

func (a *tally) add(b tally) {
	for _, pair := range []struct {
		sum  *int
		more int
	}{
		{&a.Events, b.Events}, {&a.Told, b.Told}, {&a.Repeats, b.Repeats}, {&a.DeadLetters, b.DeadLetters}, {&a.KeptTold, b.KeptTold},
		{&a.Asides, b.Asides}, {&a.Kills, b.Kills}, {&a.Cuts, b.Cuts}, {&a.LostAcks, b.LostAcks}, {&a.Redeliveries, b.Redeliveries},
		{&a.TwoAtOnce, b.TwoAtOnce}, {&a.Failures, b.Failures}, {&a.Refusals, b.Refusals}, {&a.Silences, b.Silences}, {&a.Acks, b.Acks},
		{&a.Lost, b.Lost}, {&a.OutOfOrder, b.OutOfOrder}, {&a.OtherKeys, b.OtherKeys}, {&a.Forgotten, b.Forgotten},
		{&a.TooSoon, b.TooSoon}, {&a.LastWords, b.LastWords}, {&a.NoBeginning, b.NoBeginning}, {&a.Stuck, b.Stuck},
	} {
		*pair.sum += pair.more
	}
}
