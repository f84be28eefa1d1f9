package storetest

import (
	"fmt"
	"strconv"
	"time"

	"github.com/outcry/outcry/event"
)

// begin is when the made-up world begins.
func begin() time.Time { return time.Date(2021, 10, 4, 15, 40, 0, 0, time.UTC) }

// NewPack makes a pack of count mentions of a service, whose posts are numbered from first.
func NewPack(service string, first, count int) event.Pack {
	p := event.Pack{Service: service}
	for i := first; i < first+count; i++ {
		age := i % 900
		p.Mentions = append(p.Mentions, event.Mention{
			Source: "bluesky", Post: "at://did:plc:" + strconv.Itoa(i) + "/app.bsky.feed.post/3k", Service: service,
			At: begin().Add(time.Duration(i) * time.Millisecond), Voice: uint64(i) * 0x9E3779B97F4A7C15, Kind: event.Report,
			Symptoms: []event.Symptom{event.Connection, event.Messages}, Lang: "it", Country: "IT", Place: "Città <di> \"Milano\"",
			Partial: i%2 == 0, Weak: i%3 == 0, Print: uint64(i), With: []string{"telegram"}, Phrase: "#whatsappdown", URL: "https://bsky.app/?a=1&b=2",
			AuthorAgeDays: &age, AuthorFollowers: i,
		})
	}
	return p
}

// NewMark makes a mark of a source.
func NewMark(source string, second int) event.Mark {
	return event.Mark{Source: source, At: begin().Add(time.Duration(second) * time.Second)}
}

// NewReading makes a reading of a service.
func NewReading(service string, slot int) event.Reading {
	return event.Reading{
		Service: service, At: begin().Add(time.Duration(slot) * event.Slot), Voices: 1.5, Posts: 2,
		Windows: []event.Window{{Seconds: 60, Voices: 3.25}, {Seconds: 300, Voices: 7}},
		Tally:   event.Tally{Kinds: map[event.Kind]float64{event.Report: 1.5}, Countries: map[string]float64{"IT": 1}, Partial: 0.5},
	}
}

// NewTick makes the tick of a partition of two.
func NewTick(partition, slot int) event.Tick {
	return event.Tick{Partition: partition, Of: 2, At: begin().Add(time.Duration(slot) * event.Slot)}
}

// NewEvent makes an event of an outage.
func NewEvent(id string, seq int, service string, kind event.Type) event.Event {
	return event.NewEvent(kind, service, begin().Add(time.Duration(seq)*time.Minute), event.Outage{
		ID: id, Seq: seq, Phase: event.Confirmed, Severity: event.Major, OnsetAt: begin(), DetectedAt: begin().Add(time.Minute),
		Name: "Meta", Services: []event.ServiceState{{ID: service, Name: service, Role: event.RoleDown, Score: 41.2}}, Waves: 1, Confidence: 0.98,
	})
}

// posts lists the posts of the packs among records, and the marks between them as "mark <source> <seconds>".
func posts(records []event.MentionRecord) []string {
	var out []string
	for _, r := range records {
		if r.Mark != nil {
			out = append(out, fmt.Sprintf("mark %s %d", r.Mark.Source, int(r.Mark.At.Sub(begin()).Seconds())))
			continue
		}
		for _, m := range r.Pack.Mentions {
			out = append(out, m.Service+" "+m.Post)
		}
	}
	return out
}

// postsOf lists what posts gives for packs and marks that were appended in this order.
func postsOf(packs []event.Pack, marks []event.Mark) []string {
	var records []event.MentionRecord
	for i := range packs {
		records = append(records, event.MentionRecord{Pack: &packs[i]})
	}
	for i := range marks {
		records = append(records, event.MentionRecord{Mark: &marks[i]})
	}
	return posts(records)
}
