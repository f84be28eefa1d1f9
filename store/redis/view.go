package redis

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/pause"
)

// Bounds of loading and of staging.
const (
	loadTries  = 20
	loadAgain  = 50 * time.Millisecond
	loadHashes = 256
	stageTTL   = 10 * time.Minute
)

// keys names the keys of a group. The braces make a cluster keep them in one slot.
type keys struct{ meta, index, prefix string }

func keysOf(group string) keys {
	prefix := "outcry:{" + group + "}:"
	return keys{meta: prefix + "@meta", index: prefix + "@keys", prefix: prefix}
}

func (k keys) all(more ...string) []string {
	return append([]string{k.meta, k.index, k.prefix}, more...)
}

// mark is who moved a group, where to, and how many keys it had then.
type mark struct {
	position, writer, keys string
}

// Load hands every field of a group to each, sorted by key and field, and returns the position of the group; 0 when it is
// empty or unknown. What it hands over was true at one position, even if others move the group meanwhile. A group that has
// lost keys, because Redis was short of memory, is dropped and counts as unknown. Load stops at each's first error and
// returns it.
func (v *View) Load(ctx context.Context, group string, each func(key, field string, value []byte) error) (pos uint64, err error) {
	if err := checkGroup(group); err != nil {
		return 0, err
	}
	k := keysOf(group)
	for range loadTries {
		before, err := v.mark(ctx, k)
		if err != nil {
			return 0, err
		}
		if before.position == "" {
			return 0, nil
		}
		hashes, whole, err := v.hashes(ctx, k, before)
		if err != nil {
			return 0, err
		}
		after, err := v.mark(ctx, k)
		if err != nil {
			return 0, err
		}
		if after == before {
			if !whole {
				return 0, v.forget(ctx, group, k, before)
			}
			return before.give(hashes, each)
		}
		if err := pause.For(ctx, loadAgain); err != nil {
			return 0, err
		}
	}
	return 0, fmt.Errorf("load group %s from Redis: another process keeps changing it; run one owner of a group only", group)
}

func (v *View) mark(ctx context.Context, k keys) (mark, error) {
	values, err := v.client.HMGet(ctx, k.meta, "position", "writer", "keys").Result()
	if err != nil {
		return mark{}, v.cfg.explain("read "+k.meta, err)
	}
	var texts [3]string
	for i, value := range values {
		texts[i], _ = value.(string)
	}
	return mark{position: texts[0], writer: texts[1], keys: texts[2]}, nil
}

// hashes reads the hashes of a group. whole is false if some are missing.
func (v *View) hashes(ctx context.Context, k keys, m mark) (hashes map[string]map[string]string, whole bool, err error) {
	names, err := v.client.SMembers(ctx, k.index).Result()
	if err != nil {
		return nil, false, v.cfg.explain("read "+k.index, err)
	}
	whole = strconv.Itoa(len(names)) == m.keys
	hashes = make(map[string]map[string]string, len(names))
	for some := range slices.Chunk(names, loadHashes) {
		answers := make([]*goredis.MapStringStringCmd, len(some))
		_, err := v.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			for i, name := range some {
				answers[i] = p.HGetAll(ctx, k.prefix+name)
			}
			return nil
		})
		if err != nil {
			return nil, false, v.cfg.explain("read the hashes of "+k.prefix, err)
		}
		for i, name := range some {
			hashes[name] = answers[i].Val()
			whole = whole && len(hashes[name]) > 0
		}
	}
	return hashes, whole, nil
}

func (m mark) give(hashes map[string]map[string]string, each func(key, field string, value []byte) error) (uint64, error) {
	position, err := strconv.ParseUint(m.position, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("the position in Redis is %q, which is no number: delete the keys outcry:* to have the view made anew", m.position)
	}
	for _, key := range slices.Sorted(maps.Keys(hashes)) {
		fields := hashes[key]
		for _, field := range slices.Sorted(maps.Keys(fields)) {
			if err := each(key, field, []byte(fields[field])); err != nil {
				return 0, err
			}
		}
	}
	return position, nil
}

// forget drops a group that is not whole, so that it is made anew from the log.
func (v *View) forget(ctx context.Context, group string, k keys, m mark) error {
	v.log.Warn("a group in Redis has lost keys and is dropped, to be made anew from the log; give Redis more memory, or maxmemory-policy noeviction",
		zap.String("group", group), zap.String("position", m.position))
	if err := v.drop.Run(ctx, v.client, k.all(), m.writer).Err(); err != nil {
		return v.cfg.explain("drop group "+group, err)
	}
	return nil
}

// Apply moves a group from one position to another in one atomic step: first the fields in del go, or with a nil list the
// whole key, then those in set are written. When the group is not at from, nothing changes and moved is false. After an
// error it is not known whether the step was taken; Load tells. to must be above 0 and not below from.
func (v *View) Apply(ctx context.Context, group string, from, to uint64, set map[string]map[string][]byte, del map[string][]string) (moved bool, err error) {
	if err := checkGroup(group); err != nil {
		return false, err
	}
	if to < from || to == 0 {
		return false, fmt.Errorf("group %s cannot move from position %d to %d", group, from, to)
	}
	c, err := newChange(set, del)
	if err != nil {
		return false, err
	}
	k := keysOf(group)
	// The writer's name tells a repeat of this very call, after a lost answer, from another writer who was faster.
	head := []any{strconv.FormatUint(from, 10), strconv.FormatUint(to, 10), rand.Text(), v.cfg.TTL.Milliseconds()}
	if c.large() {
		return v.applyLarge(ctx, k, head, c)
	}
	args := make([]any, 0, len(head)+c.size)
	args = append(args, head...)
	for _, piece := range c.pieces {
		args = append(args, piece...)
	}
	return v.moved(v.apply.Run(ctx, v.client, k.all(), args...))
}

// applyLarge brings the pieces of a change to Redis first, and then takes the step.
func (v *View) applyLarge(ctx context.Context, k keys, head []any, c *change) (bool, error) {
	staged := make([]string, len(c.pieces))
	for i := range staged {
		staged[i] = fmt.Sprintf("%s@stage:%s:%d", k.prefix, head[2], i)
	}
	for i, piece := range c.pieces {
		_, err := v.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			// A retry after a lost answer must not append the piece a second time.
			p.Del(ctx, staged[i])
			p.RPush(ctx, staged[i], piece...)
			p.PExpire(ctx, staged[i], stageTTL)
			return nil
		})
		if err != nil {
			return false, v.cfg.explain("stage a large change", err)
		}
	}
	moved, err := v.moved(v.commit.Run(ctx, v.client, k.all(staged...), head...))
	if err == nil && !moved {
		if err := v.client.Del(ctx, staged...).Err(); err != nil {
			v.log.Debug("parts of a change are left to expire", zap.Error(err))
		}
	}
	return moved, err
}

func (v *View) moved(answer *goredis.Cmd) (bool, error) {
	n, err := answer.Int64()
	if err != nil {
		return false, v.cfg.explain("apply a change", err)
	}
	return n == 1, nil
}
