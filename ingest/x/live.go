package x

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/fetch"
)

// Source listens to the filtered stream of X's API 2. It must not be read by two goroutines at once.
type Source struct {
	cfg   Config
	api   *api
	meter *meter
	waits waits
	// rules are the rules of each service, or of all of them under "" where services share rules; queries are by what a thrifty source asks
	// for counts.
	rules   map[string][]Rule
	queries map[string]string
	// applied says that X has the rules of the services that are listened for.
	applied bool
	pipe    pipe
}

var (
	_ ingest.Source  = (*Source)(nil)
	_ ingest.Quiet   = (*Source)(nil)
	_ ingest.Spender = (*Source)(nil)
)

// New makes a source. It does not connect before Read.
func New(cfg Config) (*Source, error) {
	cfg.setDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s := &Source{cfg: cfg, api: cfg.api(), rules: make(map[string][]Rule), queries: make(map[string]string)}
	s.meter = &meter{cfg: &s.cfg}
	s.pipe = pipe{
		idle: cfg.Idle, size: cfg.BatchSize, delay: cfg.BatchDelay, heard: s.waits.reset, look: s.look,
		open: func(ctx context.Context) (*http.Response, error) { return s.api.open(ctx, s.cfg.BackfillMinutes) },
	}
	return s, s.makeRules()
}

func (s *Source) makeRules() error {
	limits := RuleLimits{Rules: s.cfg.MaxRules, Length: s.cfg.MaxRuleLength}
	if !s.cfg.Thrifty {
		rules, err := MakeRules(s.cfg.Services, limits)
		s.rules[""] = rules
		return err
	}
	for i := range s.cfg.Services {
		service := &s.cfg.Services[i]
		rules, err := MakeRules([]event.Service{*service}, limits)
		if err != nil {
			return err
		}
		// Counts are asked for by as much of the rules as a query may have.
		queries := pack(terms(service), "", countsQuery)
		if len(queries) == 0 {
			return fmt.Errorf("service %s: counts of x are asked for by at most %d characters, and all its words are longer", service.ID, countsQuery)
		}
		s.rules[service.ID], s.queries[service.ID] = rules, queries[0].Value
	}
	return nil
}

// Name implements ingest.Source.
func (s *Source) Name() string { return s.cfg.Name }

// MayBeQuiet implements ingest.Quiet: the stream gives signs of life while nobody complains.
func (*Source) MayBeQuiet() bool { return true }

// Spent implements ingest.Spender.
func (s *Source) Spent() event.SourceSpent { return s.meter.spent() }

// Read implements ingest.Source. The cursor holds what was spent. What is posted while nobody listens is lost but for
// BackfillMinutes. An error carries how long X wants to be left alone (backoff.RetryAfterError).
func (s *Source) Read(ctx context.Context, cursor string, sink ingest.Sink) error {
	s.meter.restore(cursor)
	var refused error
	err := s.read(ctx, func(ctx context.Context, b ingest.Batch) error {
		refused = sink(ctx, b)
		return refused
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case refused != nil:
		return refused
	}
	s.applied = false // somebody else may have changed the rules meanwhile
	now := s.cfg.Now()
	if spent, ok := errors.AsType[*SpentError](err); ok {
		return fetch.Later(spent, spent.Until.Sub(now))
	}
	return fetch.Later(explain(err), s.waits.next(err, now))
}

func (s *Source) read(ctx context.Context, sink ingest.Sink) error {
	if err := s.meter.bill(0); err != nil {
		return err
	}
	if err := s.pipe.giveHeld(ctx, s.into(sink)); err != nil {
		return err
	}
	if s.cfg.Thrifty {
		return s.thrifty(ctx, sink)
	}
	if err := s.apply(ctx, s.rules[""]); err != nil {
		return err
	}
	return s.pipe.run(ctx, s.into(sink))
}

// apply brings X's rules to what is wanted, once.
func (s *Source) apply(ctx context.Context, want []Rule) error {
	if s.applied {
		return nil
	}
	have, err := s.api.rules(ctx)
	if err != nil {
		return err
	}
	add, remove := DiffRules(have, want)
	if err := s.api.change(ctx, add, remove, false); err != nil {
		return err
	}
	s.applied = true
	return nil
}

// Plan is what a source would do to the account's rules.
type Plan struct {
	// Rules is how many the source wants, Foreign how many of others the account has.
	Rules, Foreign int
	// Add and Remove are the rules that it would add and remove.
	Add, Remove []Rule
}

// DryRun asks X whether it would take the rules, and changes nothing. It costs nothing either. The plan is whole also where X refuses it.
func (s *Source) DryRun(ctx context.Context) (Plan, error) {
	var want []Rule
	for _, service := range slices.Sorted(maps.Keys(s.rules)) {
		want = append(want, s.rules[service]...)
	}
	have, err := s.api.rules(ctx)
	if err != nil {
		return Plan{}, explain(err)
	}
	add, remove := DiffRules(have, want)
	plan := Plan{Rules: len(want), Add: add}
	for i := range have {
		switch {
		case slices.Contains(remove, have[i].ID):
			plan.Remove = append(plan.Remove, have[i])
		case !have[i].ours():
			plan.Foreign++
		}
	}
	if plan.Foreign+plan.Rules > s.cfg.MaxRules {
		return plan, fmt.Errorf("x: %d rules of others and %d of ours are more than the %d that the account may have; listen for fewer services",
			plan.Foreign, plan.Rules, s.cfg.MaxRules)
	}
	if err := s.api.change(ctx, add, nil, true); err != nil {
		return plan, explain(err)
	}
	return plan, nil
}

// look bills a message, and finds the stream's farewell.
func (s *Source) look(line []byte) (keep bool, end error) {
	if reason, ok := disconnected(line); ok {
		return false, fmt.Errorf("the stream was ended by x: %s", reason)
	}
	return true, s.meter.bill(V2{}.Count(line))
}

// batch decodes messages.
func (s *Source) batch(messages [][]byte) ingest.Batch {
	var b ingest.Batch
	read(&b, V2{}, messages, s.cfg.Now())
	b.Cursor = s.meter.cursor()
	return b
}

// into has messages decoded on their way to a sink.
func (s *Source) into(sink ingest.Sink) giveFunc {
	return func(ctx context.Context, messages [][]byte) error { return sink(ctx, s.batch(messages)) }
}
