package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/ingest/match"
	"github.com/outcry/outcry/ingest/replay"
)

func (a *app) matchCommand() *cobra.Command {
	var explain, relevant bool
	c := &cobra.Command{
		Use:   "match [FILE…]",
		Short: "Show what is understood of posts",
		Long: `Prints one JSON line a post: its hashtags, the services it speaks of, and for each what it
says (report, question, recovery, official, news, joke, other), which symptom, in which
language and where. Reads the same forms as replay; standard input by default.

  echo '{"id":"1","created_at":"2023-03-09T09:41:00Z","author":"a","text":"is tiktok down?"}' | outcry match --explain`,
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := a.config()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{replay.Stdin}
			}
			return a.match(c.Context(), &cfg, args, explain, relevant)
		},
	}
	c.Flags().BoolVar(&explain, "explain", false, "say why")
	c.Flags().BoolVar(&relevant, "relevant", false, "only posts that speak of a service")
	return c
}

// understood is a line of `outcry match`.
type understood struct {
	ID       string             `json:"id"`
	Tags     []string           `json:"tags"`
	Services []string           `json:"services"`
	Kind     event.Kind         `json:"kind,omitempty"`
	Symptoms []event.Symptom    `json:"symptoms"`
	Language string             `json:"language,omitempty"`
	Country  string             `json:"country,omitempty"`
	Place    string             `json:"place,omitempty"`
	Mentions []event.Mention    `json:"mentions"`
	Why      *match.Explanation `json:"why,omitempty"`
}

func (a *app) match(ctx context.Context, cfg *config, paths []string, explain, relevant bool) error {
	know, err := learn(cfg)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.std.out, 1<<16)
	encoder := json.NewEncoder(out)
	source, err := replay.New(replay.Config{
		Paths: paths, Stdin: a.std.in, Formats: formats(),
		OnDrop: func(path string, line int, err error) {
			_, _ = fmt.Fprintf(a.std.err, "%s:%d: not used: %v\n", path, line, err)
		},
	})
	if err != nil {
		return &usageError{err}
	}
	err = source.Read(ctx, "", func(_ context.Context, b ingest.Batch) error {
		for i := range b.Posts {
			u := understand(know.matcher, &b.Posts[i], explain)
			if relevant && len(u.Mentions) == 0 {
				continue
			}
			if err := encoder.Encode(u); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// understand sums a post's mentions up: the first one's kind and symptoms stand for the post.
func understand(m *match.Matcher, p *event.Post, explain bool) understood {
	u := understood{ID: p.ID, Tags: match.Hashtags(p.Text), Services: []string{}, Symptoms: []event.Symptom{}}
	if explain {
		why := m.Explain(p)
		u.Why, u.Mentions = &why, why.Mentions
	} else {
		u.Mentions = m.Match([]event.Mention{}, p)
	}
	if u.Tags == nil {
		u.Tags = []string{}
	}
	for i := range u.Mentions {
		u.Services = append(u.Services, u.Mentions[i].Service)
	}
	if len(u.Mentions) > 0 {
		first := &u.Mentions[0]
		u.Kind, u.Language, u.Country, u.Place = first.Kind, first.Lang, first.Country, first.Place
		u.Symptoms = append(u.Symptoms, first.Symptoms...)
	}
	return u
}
