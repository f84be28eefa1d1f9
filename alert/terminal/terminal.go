package terminal

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/outcry/outcry/alert"
)

// Config is where and how to show notices.
type Config struct {
	// Name is the notifier's name; default "terminal".
	Name string
	Out  io.Writer
	// Colour writes ANSI colours. The caller knows whether Out is a terminal and whether NO_COLOR is set.
	Colour bool
	// OneLine shows one line an event and not a block.
	OneLine bool
}

// Notifier shows notices. Several Desks may share one Out through one Notifier.
type Notifier struct {
	cfg Config
	mu  sync.Mutex
}

var _ alert.Notifier = (*Notifier)(nil)

// New makes the Notifier.
func New(cfg Config) *Notifier {
	if cfg.Name == "" {
		cfg.Name = "terminal"
	}
	return &Notifier{cfg: cfg}
}

// Name implements alert.Notifier.
func (n *Notifier) Name() string { return n.cfg.Name }

// Notify implements alert.Notifier. What cannot be written is gone for good: nobody is at the terminal any more.
func (n *Notifier) Notify(_ context.Context, notice alert.Notice) error {
	render := Block
	if n.cfg.OneLine {
		render = OneLine
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, err := io.WriteString(n.cfg.Out, render(&notice.Event, n.cfg.Colour)); err != nil {
		return alert.Permanent(fmt.Errorf("notifier %s: cannot write to the terminal: %w", n.cfg.Name, err))
	}
	return nil
}
