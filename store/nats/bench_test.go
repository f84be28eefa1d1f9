package nats_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/nats"
)

func BenchmarkEncodeMention(b *testing.B) {
	m := fullMention()
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		var line []byte
		for b.Loop() {
			var err error
			if line, err = nats.AppendMention(line, &m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := nats.Encode(&m); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDecodeMention(b *testing.B) {
	m := fullMention()
	line, err := nats.Encode(&m)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var got event.Mention
			if err := nats.ParseMention(line, &got, &m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var got event.Mention
			if err := json.Unmarshal(line, &got); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func fullReading() event.Reading {
	r := event.Reading{Service: "whatsapp", At: time.Date(2021, 10, 4, 15, 44, 10, 0, time.UTC), Voices: 12.25, Posts: 14}
	for _, s := range []int{60, 300, 900, 3600} {
		r.Windows = append(r.Windows, event.Window{Seconds: s, Voices: float64(s) / 7})
	}
	r.Kinds = map[event.Kind]float64{event.Report: 10.5, event.Question: 1.75}
	r.Symptoms = map[event.Symptom]float64{event.Connection: 5, event.Messages: 2.5}
	r.Countries, r.Languages = map[string]float64{"IT": 4, "PT": 2}, map[string]float64{"it": 5, "pt": 2}
	r.Sources, r.Phrases = map[string]float64{"bluesky": 12.25}, map[string]float64{"#whatsappdown": 7, "is whatsapp down": 3}
	r.Samples = []event.PostRef{{Source: "bluesky", URL: "https://bsky.app/profile/a/post/b", At: r.At}}
	return r
}

func BenchmarkDecodeReading(b *testing.B) {
	line, err := nats.Encode(fullReading())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if _, _, err := nats.DecodeReading("outcry.readings.whatsapp", line); err != nil {
			b.Fatal(err)
		}
	}
}
