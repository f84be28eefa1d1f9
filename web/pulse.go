package web

import (
	"context"
	"time"

	"github.com/outcry/outcry/event"
)

const (
	pulseMinutes = 60
	perMinute    = int64(time.Minute / event.Slot)
	pulseSlots   = pulseMinutes * perMinute
	// maxPulses bounds the services that are remembered; a service that is quiet for an hour makes room.
	maxPulses = 2000
)

// pulse is the voices of one service in the slots of the last hour. A reading sets its slot, so that it may come twice.
type pulse struct {
	last   int64 // the newest slot, counted from 1970
	voices [pulseSlots]float64
}

func (p *pulse) set(slot int64, voices float64) {
	if slot <= p.last-pulseSlots {
		return
	}
	for s := max(p.last+1, slot-pulseSlots+1); s <= slot; s++ {
		p.voices[s%pulseSlots] = 0
	}
	p.last = max(p.last, slot)
	p.voices[slot%pulseSlots] = voices
}

// minutes gives the voices of each of the last pulseMinutes up to and with slot now, oldest first.
func (p *pulse) minutes(now int64) []float64 {
	series := make([]float64, pulseMinutes)
	start := now - pulseSlots + 1
	for slot := max(start, p.last-pulseSlots+1); slot <= min(p.last, now); slot++ {
		series[(slot-start)/perMinute] += p.voices[slot%pulseSlots]
	}
	return series
}

// slotOf is the number, counted from 1970, of the slot that ends at at.
func slotOf(at time.Time) int64 { return at.Unix()/int64(event.Slot/time.Second) - 1 }

// HandleReading takes how loud a service is. Readings may come twice.
func (b *Board) HandleReading(_ context.Context, r event.Reading) error {
	slot := slotOf(r.At)
	if slot < 0 {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.pulses[r.Service]
	if p == nil {
		if !b.roomForPulse() {
			return nil
		}
		p = &pulse{last: slot - 1}
		b.pulses[r.Service] = p
	}
	p.set(slot, r.Voices)
	b.advance(r.At)
	return nil
}

// HandleReadings takes messages of the log of readings: how loud services are, and how far event time has come. They may
// come twice.
func (b *Board) HandleReadings(ctx context.Context, records []event.ReadingRecord) error {
	for _, record := range records {
		var err error
		switch {
		case record.Reading != nil:
			err = b.HandleReading(ctx, *record.Reading)
		case record.Tick != nil:
			err = b.HandleTick(ctx, *record.Tick)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rateMinutes is over how many minutes a rate is taken: short enough to be now, and long enough not to jump.
const rateMinutes = 5

// Rate gives the weight of complaining voices a minute about some services together, in the last minutes; false: none of them was heard in
// the last hour.
func (b *Board) Rate(services []string) (rate float64, heard bool) {
	for _, service := range services {
		values := b.Pulse(service)
		if values == nil {
			continue
		}
		heard = true
		for _, v := range values[pulseMinutes-rateMinutes:] {
			rate += v / rateMinutes
		}
	}
	return rate, heard
}

// roomForPulse makes room by forgetting the services that were quiet for an hour, and reports whether there is any.
func (b *Board) roomForPulse() bool {
	if len(b.pulses) < maxPulses {
		return true
	}
	quiet := slotOf(b.now) - pulseSlots
	for service, p := range b.pulses {
		if p.last <= quiet {
			delete(b.pulses, service)
		}
	}
	return len(b.pulses) < maxPulses
}

// Pulse gives the weight of complaining voices about a service in each of the last 60 minutes, oldest first; nil if the
// service was not heard in that time.
func (b *Board) Pulse(service string) []float64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p, now := b.pulses[service], slotOf(b.now)
	if p == nil || p.last <= now-pulseSlots {
		return nil
	}
	return p.minutes(now)
}
