package storetest_test

import (
	"testing"

	goredis "github.com/redis/go-redis/v9"
	"go.uber.org/zap"

	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/memory"
	"github.com/outcry/outcry/store/redis"
	"github.com/outcry/outcry/store/storetest"
)

func TestViewInMemory(t *testing.T) {
	t.Parallel()
	v := memory.New()
	storetest.ExamView(t, storetest.ViewServer{Open: func(*testing.T) storetest.View { return v }})
}

// openView gives a client that is closed with the test.
func openView(t *testing.T, cfg redis.Config) storetest.View {
	t.Helper()
	v, err := redis.Open(t.Context(), cfg, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return v
}

// bare gives a client of the library itself, for what a view does not offer.
func bare(t *testing.T, url string) *goredis.Client {
	t.Helper()
	options, err := goredis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := goredis.NewClient(options)
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return c
}

func flush(t *testing.T, c *goredis.Client) {
	t.Helper()
	if err := c.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
}

func TestViewEmbedded(t *testing.T) {
	t.Parallel()
	server, err := embedded.StartRedis(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	storetest.ExamView(t, storetest.ViewServer{
		Open:  func(t *testing.T) storetest.View { return openView(t, redis.Config{URL: server.URL()}) },
		Flush: func(t *testing.T) { flush(t, bare(t, server.URL().Reveal())) },
	})
}
