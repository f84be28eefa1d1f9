package terminal_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/alert/terminal"
	"github.com/outcry/outcry/event"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGolden(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		show func(e *event.Event) string
	}{
		{"block.txt", func(e *event.Event) string { return terminal.Block(e, false) }},
		{"block-colour.txt", func(e *event.Event) string { return terminal.Block(e, true) }},
		{"line.txt", func(e *event.Event) string { return terminal.OneLine(e, false) }},
		{"line-colour.txt", func(e *event.Event) string { return terminal.OneLine(e, true) }},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			t.Parallel()
			var got strings.Builder
			for _, named := range alerttest.Lives() {
				got.WriteString(test.show(&named.Event))
			}
			alerttest.Golden(t, *update, test.file, got.String())
		})
	}
}

func TestNotify(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	n := terminal.New(terminal.Config{Out: &out, OneLine: true})
	e := alerttest.Video()[0]
	if err := n.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID, Attempt: 1}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(terminal.OneLine(&e, false), out.String()); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	if n.Name() != "terminal" {
		t.Errorf("Name() = %q, want the default", n.Name())
	}
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestAClosedTerminalIsPermanent(t *testing.T) {
	t.Parallel()
	n := terminal.New(terminal.Config{Name: "tty", Out: closedPipe{}})
	err := n.Notify(t.Context(), alert.Notice{Event: alerttest.Video()[0]})
	if !alert.IsPermanent(err) || !errors.Is(err, os.ErrClosed) {
		t.Errorf("Notify() = %v, want a permanent error that wraps os.ErrClosed", err)
	}
}
