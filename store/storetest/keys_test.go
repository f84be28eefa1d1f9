package storetest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"

	"github.com/outcry/outcry/store/redis"
	"github.com/outcry/outcry/store/storetest"
)

// slot is the slot of a key in a cluster: CRC16 (XMODEM) of its hash tag, modulo 16384.
func slot(key string) uint16 {
	if open := strings.IndexByte(key, '{'); open >= 0 {
		if length := strings.IndexByte(key[open+1:], '}'); length > 0 {
			key = key[open+1 : open+1+length]
		}
	}
	var crc uint16
	for i := range len(key) {
		crc ^= uint16(key[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc % 16384
}

func TestSlots(t *testing.T) {
	t.Parallel()
	// From the cluster specification, and from a server.
	for key, want := range map[string]uint16{"123456789": 0x31C3 % 16384, "foo": 12182, "{foo}.bar": 12182, "a{foo}{bar}": 12182} {
		if got := slot(key); got != want {
			t.Errorf("slot(%q) = %d, want %d", key, got, want)
		}
	}
}

func realRedis(t *testing.T) (*goredis.Client, redis.Config) {
	t.Helper()
	port := storetest.FreePort(t)
	storetest.StartRedis(t, t.TempDir(), port)
	return bare(t, "redis://"+storetest.Local(port)), redis.Config{Addrs: []string{storetest.Local(port)}}
}

func mustApply(t *testing.T, v storetest.View, group string, from, to uint64, set storetest.Hashes, del map[string][]string) {
	t.Helper()
	moved, err := v.Apply(t.Context(), group, from, to, set, del)
	if err != nil || !moved {
		t.Fatalf("Apply from %d to %d: moved %v, %v", from, to, moved, err)
	}
}

func TestKeysOfAGroup(t *testing.T) {
	t.Parallel()
	client, cfg := realRedis(t)
	v := openView(t, cfg)
	wide := storetest.Hashes{"wide": {}, "w:whatsapp": {"1": []byte("x")}, "{odd}": {"1": []byte("x")}}
	for i := range 50_000 {
		wide["wide"][time.Duration(i).String()] = []byte("x")
	}
	mustApply(t, v, "counter-0", 0, 1, wide, nil)
	mustApply(t, v, "counter-0", 1, 2, nil, map[string][]string{"wide": nil})
	keys, err := client.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(keys)
	want := []string{"outcry:{counter-0}:@keys", "outcry:{counter-0}:@meta", "outcry:{counter-0}:w:whatsapp", "outcry:{counter-0}:{odd}"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	for _, key := range keys {
		if slot(key) != slot("counter-0") {
			t.Errorf("%s is in slot %d, its group in %d", key, slot(key), slot("counter-0"))
		}
	}
	wantTTL(t, client, keys, 47*time.Hour, 48*time.Hour)
	if pos := client.HGet(t.Context(), "outcry:{counter-0}:@meta", "position").Val(); pos != "2" {
		t.Errorf("the position reads %q", pos)
	}
}

func wantTTL(t *testing.T, client *goredis.Client, keys []string, least, most time.Duration) {
	t.Helper()
	for _, key := range keys {
		ttl, err := client.PTTL(t.Context(), key).Result()
		if err != nil || ttl < least || ttl > most {
			t.Errorf("%s expires in %s, want %s to %s: %v", key, ttl, least, most, err)
		}
	}
}

// A group that is in use is renewed as a whole, also those of its keys that nobody touches.
func TestGroupsAreRenewedTogether(t *testing.T) {
	t.Parallel()
	client, cfg := realRedis(t)
	v := openView(t, cfg)
	mustApply(t, v, "g", 0, 1, storetest.Hashes{"quiet": {"f": []byte("x")}, "busy": {"f": []byte("x")}, "new": {"f": []byte("x")}}, nil)
	all := []string{"outcry:{g}:@meta", "outcry:{g}:@keys", "outcry:{g}:quiet", "outcry:{g}:busy", "outcry:{g}:again"}
	for _, key := range all {
		client.PExpire(t.Context(), key, time.Hour)
	}
	mustApply(t, v, "g", 1, 2, storetest.Hashes{"busy": {"f": []byte("y")}, "again": {"f": []byte("y")}}, map[string][]string{"new": nil})
	wantTTL(t, client, all, 47*time.Hour, 48*time.Hour)

	// A key that is cut down to nothing and written anew still expires.
	mustApply(t, v, "g", 2, 3, storetest.Hashes{"busy": {"g": []byte("y")}}, map[string][]string{"busy": {"f"}})
	wantTTL(t, client, all, 47*time.Hour, 48*time.Hour)
}

// Redis may drop single keys when it is short of memory. What is left of a group is worse than nothing.
func TestLostKeysAreNoticed(t *testing.T) {
	t.Parallel()
	for _, lost := range []string{"@meta", "@keys", "a"} {
		t.Run(lost, func(t *testing.T) {
			t.Parallel()
			client, cfg := realRedis(t)
			v := openView(t, cfg)
			mustApply(t, v, "g", 0, 5, storetest.Hashes{"a": {"1": []byte("x")}, "b": {"1": []byte("x")}}, nil)
			if n := client.Del(t.Context(), "outcry:{g}:"+lost).Val(); n != 1 {
				t.Fatalf("%d keys deleted", n)
			}
			if got, pos := storetest.LoadAll(t, v, "g"); len(got) > 0 || pos != 0 {
				t.Errorf("a group that lost %s is at %d with %v", lost, pos, got)
			}
			// Made anew, it holds nothing of before.
			mustApply(t, v, "g", 0, 3, storetest.Hashes{"b": {"2": []byte("new")}}, nil)
			mustApply(t, v, "g", 3, 4, storetest.Hashes{"a": {"2": []byte("new")}}, nil)
			want := storetest.Hashes{"a": {"2": []byte("new")}, "b": {"2": []byte("new")}}
			got, pos := storetest.LoadAll(t, v, "g")
			if diff := cmp.Diff(want, got); diff != "" || pos != 4 {
				t.Errorf("made anew it is at %d (-want +got):\n%s", pos, diff)
			}
		})
	}
}
