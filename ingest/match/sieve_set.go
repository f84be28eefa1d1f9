package match

import (
	"math/bits"
	"slices"
)

// mixer is 2^64 divided by the golden ratio, odd: the upper bits of what is multiplied by it are evenly spread.
const mixer = 0x9E3779B97F4A7C15

// put adds a number to a set, and bit is 1 for those that are in it.
func put(set []uint64, n uint64) { set[n/64] |= 1 << (n & 63) }

func bit(set []uint64, n uint64) uint64 { return set[n/64] >> (n & 63) & 1 }

// keySet is a set of keys that may say yes to one that is not in it.
type keySet struct {
	bits  []uint64
	shift uint
}

// spread is how many bits a key gets at least: one of as many keys that are not in the set is taken for one.
const spread = 64

// newKeySet makes a set of keys, which it sorts.
func newKeySet(keys []uint64) keySet {
	slices.Sort(keys)
	n := bits.Len(uint(len(slices.Compact(keys)) * spread))
	s := keySet{bits: make([]uint64, max(1<<n/64, 1)), shift: uint(64 - n)}
	for _, k := range keys {
		put(s.bits, k*mixer>>s.shift)
	}
	return s
}

// bit is 1 if key may be in the set.
func (s *keySet) bit(key uint64) uint64 { return bit(s.bits, key*mixer>>(s.shift&63)) }

func (s *keySet) has(key uint64) bool { return s.bit(key) != 0 }

// cut keeps the first n bytes of eight.
func cut(x uint64, n int) uint64 { return x & (1<<(8*n) - 1) }

// keyOf makes one key of the first n bytes of eight.
func keyOf(x uint64, n int) uint64 { return cut(x, n) ^ uint64(n)<<59 }

// edges is a set of short beginnings or ends of words.
type edges struct {
	set keySet
	// lengths are those of the edges that are in the set.
	lengths [edgeLen + 1]bool
}

// edgeLen is how many bytes of a longer word make its edge.
const edgeLen = 3

func newEdges(words map[string]tagWord, edge func(word []byte, n int) uint64) edges {
	var e edges
	keys := make([]uint64, 0, len(words))
	for w := range words {
		n := min(len(w), edgeLen)
		e.lengths[n] = true
		keys = append(keys, edge([]byte(w), n))
	}
	e.set = newKeySet(keys)
	return e
}

func firstBytes(word []byte, n int) uint64 { return load(word[:n], 0) | uint64(n)<<32 }

func lastBytes(word []byte, n int) uint64 { return load(word[len(word)-n:], 0) | uint64(n)<<32 }

func (e *edges) ends(word []byte) bool {
	for n, has := range e.lengths {
		if has && n <= len(word) && e.set.has(lastBytes(word, n)) {
			return true
		}
	}
	return false
}

func (e *edges) begins(word []byte) bool {
	for n, has := range e.lengths {
		if has && n <= len(word) && e.set.has(firstBytes(word, n)) {
			return true
		}
	}
	return false
}
