package storetest_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/memory"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/redis"
	"github.com/outcry/outcry/store/storetest"
)

func benchLog(b *testing.B) *nats.Log {
	b.Helper()
	server, err := embedded.StartNATS(b.Context(), embedded.NATSConfig{Dir: b.TempDir()}, zap.NewNop())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
	})
	l, err := nats.Open(b.Context(), nats.Config{InProcess: server}, zap.NewNop(), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := l.Close(context.Background()); err != nil {
			b.Error(err)
		}
	})
	return l
}

// mentionsPerCall is how many mentions one call of Append brings in the benchmarks.
const mentionsPerCall = 4096

// appendAll brings at least n mentions into the log, so many to a message, and returns how many.
func appendAll(b *testing.B, l *nats.Log, n, packed int) (mentions int) {
	b.Helper()
	for mentions < n {
		packs := make([]event.Pack, 0, mentionsPerCall/packed)
		for len(packs) < cap(packs) {
			packs = append(packs, storetest.NewPack("s", mentions, packed))
			mentions += packed
		}
		b.StartTimer()
		err := l.Append(b.Context(), packs, nil)
		b.StopTimer()
		if err != nil {
			b.Fatal(err)
		}
	}
	return mentions
}

// One operation is one mention.
func BenchmarkAppend(b *testing.B) {
	for _, packed := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("packed=%d", packed), func(b *testing.B) {
			l := benchLog(b)
			b.ReportAllocs()
			b.ResetTimer()
			b.StopTimer()
			n := appendAll(b, l, b.N, packed)
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}

// One operation is one mention.
func BenchmarkConsume(b *testing.B) {
	for _, packed := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("packed=%d", packed), func(b *testing.B) {
			l := benchLog(b)
			b.StopTimer()
			n := appendAll(b, l, b.N, packed)
			b.ResetTimer()
			b.ReportAllocs()
			b.StartTimer()
			ctx, cancel := context.WithCancel(b.Context())
			got := 0
			err := l.ConsumeMentions(ctx, "c", func(_ context.Context, batch []event.MentionRecord) error {
				for _, record := range batch {
					got += len(record.Pack.Mentions)
				}
				if got >= n {
					cancel()
				}
				return nil
			})
			b.StopTimer()
			if got != n {
				b.Fatalf("got %d of %d: %v", got, n, err)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}

// One operation is one mention in calm, from Append to the handler.
func BenchmarkLatency(b *testing.B) {
	l := benchLog(b)
	came := make(chan struct{})
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- l.ConsumeMentions(ctx, "c", func(context.Context, []event.MentionRecord) error {
			came <- struct{}{}
			return nil
		})
	}()
	number := 0
	for b.Loop() {
		if err := l.Append(b.Context(), []event.Pack{storetest.NewPack("s", number, 1)}, nil); err != nil {
			b.Fatal(err)
		}
		<-came
		number++
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		b.Error(err)
	}
}

// One operation is one step that writes 1,000 fields in 250 hashes, as a batch of about as many mentions does.
func BenchmarkApply(b *testing.B) {
	set := storetest.Hashes{}
	for i := range 250 {
		hash := map[string][]byte{}
		for j := range 4 {
			hash[strconv.Itoa(j)] = []byte("0123456789012345678901234567890123456789")
		}
		set["w:"+strconv.Itoa(i)] = hash
	}
	run := func(b *testing.B, v storetest.View) {
		b.ReportAllocs()
		pos := uint64(0)
		for b.Loop() {
			moved, err := v.Apply(b.Context(), "bench", pos, pos+1, set, nil)
			if err != nil || !moved {
				b.Fatalf("moved %v, %v", moved, err)
			}
			pos++
		}
		b.ReportMetric(1000*float64(pos)/b.Elapsed().Seconds(), "fields/s")
	}
	open := func(b *testing.B, cfg redis.Config) storetest.View {
		v, err := redis.Open(b.Context(), cfg, zap.NewNop())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() {
			if err := v.Close(); err != nil {
				b.Error(err)
			}
		})
		return v
	}
	b.Run("memory", func(b *testing.B) { run(b, memory.New()) })
	b.Run("embedded", func(b *testing.B) {
		server, err := embedded.StartRedis(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() {
			if err := server.Close(); err != nil {
				b.Error(err)
			}
		})
		run(b, open(b, redis.Config{URL: server.URL()}))
	})
	b.Run("redis", func(b *testing.B) {
		port := storetest.FreePort(b)
		storetest.StartRedis(b, b.TempDir(), port, "--appendfsync", "everysec")
		run(b, open(b, redis.Config{Addrs: []string{storetest.Local(port)}}))
	})
}

// One operation is one reading, as when the Judge's state is made anew.
func BenchmarkReadReadings(b *testing.B) {
	l := benchLog(b)
	b.StopTimer()
	const perSlot = 500
	n := 0
	for slot := 0; n < b.N; slot++ {
		var readings []event.Reading
		for i := range perSlot {
			readings = append(readings, storetest.NewReading("s"+strconv.Itoa(i), slot))
		}
		if err := l.PublishReadings(b.Context(), readings, storetest.NewTick(0, slot)); err != nil {
			b.Fatal(err)
		}
		n += perSlot
	}
	b.ResetTimer()
	b.StartTimer()
	got := 0
	err := l.ReadReadings(b.Context(), 0, 0, func(_ context.Context, batch []event.ReadingRecord) error {
		for _, record := range batch {
			if record.Reading != nil {
				got++
			}
		}
		return nil
	})
	b.StopTimer()
	if err != nil || got != n {
		b.Fatalf("got %d of %d: %v", got, n, err)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "readings/s")
}
