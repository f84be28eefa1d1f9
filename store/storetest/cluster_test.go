package storetest_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/storetest"
)

// startNATSCluster starts three servers that form a cluster.
func startNATSCluster(t *testing.T) (urls []string, nodes []*storetest.Process) {
	t.Helper()
	const size = 3
	var ports, routes []int
	var peers []string
	for range size {
		ports, routes = append(ports, storetest.FreePort(t)), append(routes, storetest.FreePort(t))
		peers = append(peers, "nats://"+storetest.Local(routes[len(routes)-1]))
	}
	for i := range size {
		nodes = append(nodes, storetest.StartNATS(t, storetest.NewestNATS, filepath.Join(t.TempDir(), "js"), ports[i],
			"-n", fmt.Sprintf("n%d", i), "--cluster_name", "outcry", "--cluster", peers[i], "--routes", strings.Join(peers, ",")))
		urls = append(urls, "nats://"+storetest.Local(ports[i]))
	}
	return urls, nodes
}

// Each server of a cluster is killed and comes back, while posts and events are published and read: all of it comes
// through, in order.
func TestLogInAClusterThatLosesServers(t *testing.T) {
	t.Parallel()
	urls, nodes := startNATSCluster(t)
	var l *nats.Log
	var err error
	storetest.Eventually(t, "the cluster has a leader", func() bool {
		l, err = nats.Open(t.Context(), nats.Config{URL: strings.Join(urls, ","), Replicas: 3, Standby: brisk}, zap.NewNop(), nil)
		return err == nil
	})
	t.Cleanup(func() { closeLog(t, l) })

	var mu sync.Mutex
	var got []uint64
	seen := map[string]bool{}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- l.ConsumeMentions(ctx, "counter", func(_ context.Context, records []event.MentionRecord) error {
			mu.Lock()
			defer mu.Unlock()
			for _, record := range records {
				got = append(got, record.Seq)
				seen[record.Pack.Mentions[0].Post] = true
			}
			return nil
		})
	}()
	const each = 15
	var want []event.Event
	number := 0
	for round := range nodes {
		for i := range each {
			if i == each/2 {
				nodes[round].Kill(t)
			}
			storetest.Eventually(t, "append", func() bool {
				return l.Append(t.Context(), []event.Pack{storetest.NewPack("s", number, 1)}, nil) == nil
			})
			number++
		}
		e := storetest.NewEvent("01A", round+1, "s", event.TypeChanged)
		want = append(want, e)
		storetest.Eventually(t, "publish", func() bool { return l.PublishOutage(t.Context(), e) == nil })
		nodes[round].Restart(t)
	}
	storetest.Eventually(t, "every post came", func() bool { mu.Lock(); defer mu.Unlock(); return len(seen) == number })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if !slices.IsSorted(got) || got[0] != 1 || int(got[len(got)-1]) < number {
		t.Errorf("the records came as %v", got)
	}
	var events []event.Event
	storetest.Eventually(t, "the cluster has a leader that answers", func() bool {
		events, err = l.Outages(t.Context())
		return err == nil
	})
	if diff := cmp.Diff(want, events); diff != "" {
		t.Errorf("outages (-want +got):\n%s", diff)
	}
}
