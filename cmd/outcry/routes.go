package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// checkRoutes shows who is told what: of the events in a file ("-": standard input), or without one what each notifier
// would be told.
func (a *app) checkRoutes(ctx context.Context, cfg *config, path string) error {
	know, err := checkConfig(cfg)
	if err != nil {
		return err
	}
	if path == "" {
		return a.showRoutes(cfg)
	}
	in, err := a.open(ctx, path)
	if err != nil {
		return fmt.Errorf("read the events: %w", err)
	}
	defer func() { _ = in.Close() }() // it was only read
	return a.routeEvents(cfg, cfg.routes(know.services), in)
}

// showRoutes says in a line for each notifier what it would be told.
func (a *app) showRoutes(cfg *config) error {
	w := tabwriter.NewWriter(a.std.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "NOTIFIER\tTYPE\tIS TOLD OF")
	for i := range cfg.Notifiers {
		e := &cfg.Notifiers[i]
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\n", e.name(), e.Type, cfg.toldOf(e))
	}
	if len(cfg.Notifiers) == 0 {
		_, _ = fmt.Fprintln(a.std.err, "no notifier is configured: nobody is told anything")
	}
	return w.Flush()
}

// toldOf says in words what a notifier is told of.
func (c *config) toldOf(e *notifierEntry) string {
	var parts []string
	for i := range c.Routes {
		r := &c.Routes[i]
		for _, name := range r.Receivers {
			if name == e.name() {
				parts = append(parts, fmt.Sprintf("route %d (%s)", i+1, r.conditions()))
			}
		}
	}
	text := strings.Join(parts, ", or ")
	switch {
	case len(c.Routes) == 0:
		text = "every outage"
	case text == "":
		text = "nothing: no route leads to it"
	}
	if e.From == string(event.TypeSuspected) {
		text += ", from suspicion on"
	}
	if e.After > 0 {
		text += fmt.Sprintf(", if nobody acknowledges it within %s", e.After)
	}
	if e.Remind > 0 {
		text += fmt.Sprintf(", and again every %s while it lasts", e.Remind)
	}
	if e.Fallback != "" {
		text += "; else " + e.Fallback + " is told"
	}
	for i := range c.Notifiers {
		if other := &c.Notifiers[i]; other.Fallback == e.name() {
			text += "; and what " + other.name() + " cannot be told"
		}
	}
	return text
}

func (r *routeConfig) conditions() string {
	var parts []string
	for _, one := range []struct {
		name   string
		values []string
	}{
		{"services", r.Services}, {"owners", r.Owners}, {"kinds", r.Kinds}, {"phases", r.Phases}, {"countries", r.Countries}, {"languages", r.Languages},
	} {
		if len(one.values) > 0 {
			parts = append(parts, one.name+" "+strings.Join(one.values, "|"))
		}
	}
	if r.Severity != "" {
		parts = append(parts, "severity from "+r.Severity)
	}
	if r.Confidence > 0 {
		parts = append(parts, fmt.Sprintf("confidence from %v", r.Confidence))
	}
	for i, w := range r.Windows {
		parts = append(parts, []string{"at ", "or "}[min(i, 1)]+w.String())
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, ", ")
}

// routeEvents says for each event who would be told, and why others would not. Silences are not looked at.
func (a *app) routeEvents(cfg *config, routes alert.Routes, in io.Reader) error {
	states := make(map[string]alert.State)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	number := 0
	for lines.Scan() {
		number++
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var e event.Event
		err := json.Unmarshal(lines.Bytes(), &e)
		if err == nil {
			err = e.Check()
		}
		if err != nil {
			return fmt.Errorf("line %d is no event of an outage: %w", number, err)
		}
		_, _ = fmt.Fprintf(a.std.out, "%s  %s: %s\n", e.Time.Format("2006-01-02 15:04:05"), e.Kind(), alert.English(&e).Headline)
		for i := range cfg.Notifiers {
			entry := &cfg.Notifiers[i]
			key := entry.name() + "\n" + e.Data.ID
			verdict, reason := alert.Decide(states[key], &e, entry.policy(routes, nil), e.Time)
			states[key] = states[key].Settle(&e, verdict)
			word := "not told"
			if verdict == alert.Tell {
				word = "told"
			}
			_, _ = fmt.Fprintf(a.std.out, "    %s: %s (%s%s)\n", entry.name(), word, reason, entry.waits(verdict, reason))
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the events: %w", err)
	}
	if number == 0 {
		_, _ = fmt.Fprintln(a.std.err, "no events came; give those of outcry replay, or of outcry outages --json")
	}
	return nil
}

// waits adds what an escalation, or what is kept back, waits for.
func (e *notifierEntry) waits(verdict alert.Verdict, reason alert.Reason) string {
	switch {
	case e.After > 0 && verdict == alert.Tell && reason == alert.ReasonOpens:
		return fmt.Sprintf(", unless acknowledged within %s", e.After)
	case reason == alert.ReasonWaits:
		return ": in its hours, if the outage still lasts then"
	case reason == alert.ReasonDamped:
		return ": once it has lasted for a while, if it is still so then"
	}
	return ""
}
