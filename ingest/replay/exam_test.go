package replay_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/ingesttest"
	"github.com/outcry/outcry/ingest/replay"
)

func TestExam(t *testing.T) { //nolint:paralleltest // the exam measures memory
	ingesttest.Examine(t, ingesttest.Subject{Ends: true, Resumes: true, Start: func(t *testing.T, texts []string) ingesttest.Upstream {
		t.Helper()
		var b strings.Builder
		for i, text := range texts {
			if text == ingesttest.Poison {
				b.WriteString("{\"id\":\n")
				continue
			}
			at := time.Date(2021, 10, 4, 15, 0, i, 0, time.UTC)
			if text == ingesttest.Ahead {
				at = at.AddDate(10, 0, 0)
			}
			line, err := json.Marshal(event.Post{ID: fmt.Sprint(i), Source: "x", CreatedAt: at, Author: "a", Text: text})
			if err != nil {
				t.Fatal(err)
			}
			b.Write(append(line, '\n'))
		}
		src, err := replay.New(replay.Config{Paths: []string{write(t, "f", []byte(b.String()))}, Formats: formats(), BatchSize: 200})
		if err != nil {
			t.Fatal(err)
		}
		return ingesttest.Upstream{Source: src}
	}})
}
