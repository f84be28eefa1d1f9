package nats

import (
	"context"
	"errors"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/outcry/outcry/internal/pause"
)

// The streams and the bucket.
const (
	streamMentions    = "MENTIONS"
	streamReadings    = "READINGS"
	streamOutages     = "OUTAGES"
	streamDeadLetters = "DEADLETTERS"
	streamSources     = "SOURCES"
	bucketCursors     = "CURSORS"
)

// The subjects, each with one token or two to follow.
const (
	subjectMentions    = "outcry.mentions."
	subjectMarks       = "outcry.marks."
	subjectReadings    = "outcry.readings."
	subjectTicks       = "outcry.ticks."
	subjectOutages     = "outcry.outages."
	subjectDeadLetters = "outcry.deadletters."
	subjectSources     = "outcry.sources."
)

// The windows in which a stream folds messages of one id. The server holds every id of the window in memory, about 160
// bytes each: mentions can come by the ten thousand a second, and whoever counts them folds repeats by identity anyway.
const (
	mentionsDuplicates = 2 * time.Minute
	readingsDuplicates = 10 * time.Minute
	outagesDuplicates  = time.Hour
)

// sourcesMaxAge is how long a source is remembered of which nothing is heard any more.
const sourcesMaxAge = 7 * day

func (c Config) streams() []jetstream.StreamConfig {
	base := jetstream.StreamConfig{
		Retention: jetstream.LimitsPolicy, Storage: jetstream.FileStorage, Discard: jetstream.DiscardOld,
		MaxBytes: -1, MaxMsgs: -1, MaxMsgsPerSubject: -1, MaxConsumers: -1, MaxMsgSize: -1, Replicas: c.Replicas, AllowDirect: true,
	}
	mentions, readings, outages, letters, sources := base, base, base, base, base

	mentions.Name, mentions.Description = streamMentions, "What people said about services, and how far the sources' time has come"
	mentions.Subjects = []string{subjectMentions + "*", subjectMarks + "*"}
	mentions.MaxAge, mentions.Duplicates, mentions.Compression = c.MentionsMaxAge, mentionsDuplicates, jetstream.S2Compression
	if c.MaxBytes > 0 {
		mentions.MaxBytes = c.MaxBytes
	}

	readings.Name, readings.Description = streamReadings, "How loud services are, slot by slot"
	readings.Subjects = []string{subjectReadings + "*", subjectTicks + "*"}
	readings.MaxAge, readings.Duplicates, readings.Compression = c.ReadingsMaxAge, readingsDuplicates, jetstream.S2Compression

	outages.Name, outages.Description = streamOutages, "Outages as CloudEvents: the public contract"
	outages.Subjects = []string{subjectOutages + "*.*"}
	outages.MaxAge, outages.Duplicates = c.OutagesMaxAge, outagesDuplicates

	letters.Name, letters.Description = streamDeadLetters, "Notices that could not be delivered"
	letters.Subjects = []string{subjectDeadLetters + "*"}
	letters.MaxAge, letters.Duplicates = c.OutagesMaxAge, outagesDuplicates

	sources.Name, sources.Description = streamSources, "How each source fares: what it said last"
	sources.Subjects = []string{subjectSources + "*"}
	sources.MaxMsgsPerSubject, sources.MaxAge, sources.Duplicates = 1, sourcesMaxAge, mentionsDuplicates

	all := []jetstream.StreamConfig{mentions, readings, outages, letters, sources}
	for i := range all {
		all[i].Duplicates = min(all[i].Duplicates, all[i].MaxAge)
	}
	return all
}

// ensure makes the streams and the bucket, or changes existing ones to what is configured. It keeps trying while a
// cluster that has just started has no leader yet.
func (l *Log) ensure(ctx context.Context) error {
	for _, want := range l.cfg.streams() {
		err := l.patiently(ctx, func(ctx context.Context) error {
			s, err := l.ensureStream(ctx, want)
			if err == nil {
				l.streams[want.Name] = s
			}
			return err
		})
		if err != nil {
			return explainStream(l.cfg, want.Name, err)
		}
	}
	if l.cfg.ReadOnly {
		return nil
	}
	err := l.patiently(ctx, func(ctx context.Context) (err error) {
		l.cursors, err = l.ensureCursors(ctx)
		return err
	})
	if err != nil {
		return explainStream(l.cfg, "KV_"+bucketCursors, err)
	}
	return nil
}

// ensureStream leaves alone what an operator has added (placement, mirrors, republishing), and a stream that is already right.
func (l *Log) ensureStream(ctx context.Context, want jetstream.StreamConfig) (jetstream.Stream, error) {
	s, err := l.js.Stream(ctx, want.Name)
	if l.cfg.ReadOnly {
		return s, err
	}
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		want.Replicas = max(want.Replicas, 1)
		s, err = l.js.CreateStream(ctx, want)
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return l.js.Stream(ctx, want.Name) // somebody else made it in this moment
		}
		return s, err
	}
	if err != nil {
		return nil, err
	}
	is := s.CachedInfo().Config
	next := is
	next.Subjects, next.MaxAge, next.Duplicates = want.Subjects, want.MaxAge, want.Duplicates
	next.MaxBytes, next.Compression, next.Description = want.MaxBytes, want.Compression, want.Description
	if want.Replicas > 0 {
		next.Replicas = want.Replicas
	}
	if sameStream(is, next) {
		return s, nil
	}
	return l.js.UpdateStream(ctx, next)
}

func sameStream(a, b jetstream.StreamConfig) bool {
	if len(a.Subjects) != len(b.Subjects) {
		return false
	}
	for i := range a.Subjects {
		if a.Subjects[i] != b.Subjects[i] {
			return false
		}
	}
	return a.MaxAge == b.MaxAge && a.Duplicates == b.Duplicates && a.MaxBytes == b.MaxBytes &&
		a.Compression == b.Compression && a.Description == b.Description && a.Replicas == b.Replicas
}

func (l *Log) ensureCursors(ctx context.Context) (jetstream.KeyValue, error) {
	kv, err := l.js.KeyValue(ctx, bucketCursors)
	if !errors.Is(err, jetstream.ErrBucketNotFound) {
		return kv, err
	}
	return l.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: bucketCursors, Description: "How far each source has been read", History: 1,
		Storage: jetstream.FileStorage, Replicas: max(l.cfg.Replicas, 1),
	})
}

// How long Open bears with a server that says it is not ready, and how long it waits between two questions.
const (
	patience  = 20 * time.Second
	askAgain  = 250 * time.Millisecond
	askAtMost = 5 * time.Second
)

// patiently repeats what fails because the server is not ready yet.
func (l *Log) patiently(ctx context.Context, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		once, done := context.WithTimeout(ctx, askAtMost)
		err := ask(once)
		done()
		if err == nil || !isTransient(err) || ctx.Err() != nil {
			return err
		}
		if pause.For(ctx, askAgain) != nil {
			return err
		}
	}
}

// codeNotReady is the server's answer while a cluster has no leader yet.
const codeNotReady jetstream.ErrorCode = 10008

func isTransient(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.ErrorCode == codeNotReady || api.ErrorCode == codeInsufficientResources
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, natsgo.ErrTimeout)
}
