package memory

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// View holds groups of hashes, each group with the position in the stream up to which it is true. The zero value is
// empty and ready; its methods may be called from several goroutines at once.
type View struct {
	mu     sync.Mutex
	groups map[string]*group
}

type group struct {
	position uint64
	hashes   map[string]map[string][]byte
}

// New returns an empty View.
func New() *View { return &View{} }

// Load hands every field of a group to each, sorted by key and field, and returns the position of the group; 0 when it is
// empty. It stops at each's first error and returns it. each must not keep value, nor call the View.
func (v *View) Load(ctx context.Context, group string, each func(key, field string, value []byte) error) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	g := v.groups[group]
	if g == nil {
		return 0, nil
	}
	for _, key := range slices.Sorted(maps.Keys(g.hashes)) {
		hash := g.hashes[key]
		for _, field := range slices.Sorted(maps.Keys(hash)) {
			if err := each(key, field, hash[field]); err != nil {
				return 0, err
			}
		}
	}
	return g.position, nil
}

// Apply moves a group from one position to another: first the fields in del go, or with a nil list the whole key, then
// those in set are written. When the group is not at from, nothing changes and moved is false.
func (v *View) Apply(ctx context.Context, group string, from, to uint64, set map[string]map[string][]byte, del map[string][]string) (moved bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if err := check(group, set, del); err != nil {
		return false, err
	}
	if to < from || to == 0 {
		return false, fmt.Errorf("group %s cannot move from position %d to %d", group, from, to)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	g := v.group(group)
	if g.position != from {
		return false, nil
	}
	g.remove(del)
	g.write(set)
	g.position = to
	return true, nil
}

// Ping tells that the View is there.
func (v *View) Ping(ctx context.Context) error { return ctx.Err() }

// Close frees nothing; it is there so that a View can be swapped for one that does.
func (v *View) Close() error { return nil }

func (v *View) group(name string) *group {
	if v.groups == nil {
		v.groups = map[string]*group{}
	}
	g := v.groups[name]
	if g == nil {
		g = &group{hashes: map[string]map[string][]byte{}}
		v.groups[name] = g
	}
	return g
}

func (g *group) remove(del map[string][]string) {
	for key, fields := range del {
		if fields == nil {
			delete(g.hashes, key)
			continue
		}
		hash := g.hashes[key]
		for _, field := range fields {
			delete(hash, field)
		}
		if len(hash) == 0 {
			delete(g.hashes, key)
		}
	}
}

func (g *group) write(set map[string]map[string][]byte) {
	for key, fields := range set {
		if len(fields) == 0 {
			continue
		}
		hash := g.hashes[key]
		if hash == nil {
			hash = make(map[string][]byte, len(fields))
			g.hashes[key] = hash
		}
		for field, value := range fields {
			hash[field] = bytes.Clone(value)
		}
	}
}

// check refuses the names that a store with a server behind it cannot use either.
func check(group string, set map[string]map[string][]byte, del map[string][]string) error {
	if group == "" || strings.ContainsAny(group, "{}") {
		return fmt.Errorf("%q cannot be a group: it must not be empty nor hold { or }", group)
	}
	for key := range set {
		if err := checkKey(key); err != nil {
			return err
		}
	}
	for key := range del {
		if err := checkKey(key); err != nil {
			return err
		}
	}
	return nil
}

func checkKey(key string) error {
	if key == "" || strings.HasPrefix(key, "@") {
		return fmt.Errorf("%q cannot be a key: it must not be empty nor begin with @", key)
	}
	return nil
}
