package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
)

// pipeline is the whole chain in one thread: what the Funnel appends is counted, what is counted is judged, and what is judged is
// told, before the call returns.
//
//	Funnel ── Append ──> Counter ── PublishReadings ──> Judge ── PublishOutage ──> tell
//
// It is the very chain that `outcry run` spreads over NATS and Redis, with plain calls as its edges and nothing kept.
type pipeline struct {
	counter *detect.Counter
	judge   *detect.Judge
	tell    func(context.Context, event.Event) error
	hear    func(*event.Reading) // is given each reading; may be nil
	told    map[event.Type]int   // how many events of each type there were
	seen    uint64               // records of mentions so far
	read    uint64               // records of readings so far
	counts  *prometheus.Registry // what the counter counts
}

var (
	_ ingest.Log      = (*pipeline)(nil)
	_ detect.Readings = (*pipeline)(nil)
	_ detect.Events   = (*pipeline)(nil)
)

func newPipeline(ctx context.Context, cfg detect.JudgeConfig, tell func(context.Context, event.Event) error) (*pipeline, error) {
	p := &pipeline{tell: tell, told: make(map[event.Type]int), counts: prometheus.NewRegistry()}
	var err error
	if p.judge, err = detect.OpenJudge(ctx, cfg, nil, p, nil); err != nil {
		return nil, err
	}
	p.counter, err = detect.OpenCounter(ctx, 0, 1, nil, p, detect.NewMetrics(p.counts))
	return p, err
}

// late is how many mentions came after their slot was closed, and were not counted.
func (p *pipeline) late() (int, error) {
	families, err := p.counts.Gather()
	late := 0.0
	for _, f := range families {
		if f.GetName() == "outcry_mentions_late_total" {
			late += f.GetMetric()[0].GetCounter().GetValue()
		}
	}
	return int(late), err
}

// Append implements ingest.Log.
func (p *pipeline) Append(ctx context.Context, packs []event.Pack, marks []event.Mark) error {
	records := make([]event.MentionRecord, 0, len(packs)+len(marks))
	for i := range packs {
		p.seen++
		records = append(records, event.MentionRecord{Seq: p.seen, Pack: &packs[i]})
	}
	for i := range marks {
		p.seen++
		records = append(records, event.MentionRecord{Seq: p.seen, Mark: &marks[i]})
	}
	return p.counter.Apply(ctx, records)
}

// PublishReadings implements detect.Readings.
func (p *pipeline) PublishReadings(ctx context.Context, readings []event.Reading, tick event.Tick) error {
	records := make([]event.ReadingRecord, 0, len(readings)+1)
	for i := range readings {
		p.read++
		records = append(records, event.ReadingRecord{Seq: p.read, Reading: &readings[i]})
		if p.hear != nil {
			p.hear(&readings[i])
		}
	}
	p.read++
	return p.judge.Apply(ctx, append(records, event.ReadingRecord{Seq: p.read, Tick: &tick}))
}

// PublishOutage implements detect.Events.
func (p *pipeline) PublishOutage(ctx context.Context, e event.Event) error {
	p.told[e.Kind()]++
	return p.tell(ctx, e)
}
