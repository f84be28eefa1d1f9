package match

import (
	"encoding/binary"
	"slices"

	"github.com/zeebo/xxh3"
)

// builder collects the phrases of an automaton as literals that lead from one set of places to the next, so that the
// alternatives of a pattern are written down once and not once for every combination.
type builder struct {
	// text holds the literals. Each ends with a link and the set that follows it.
	text []byte
	sets []places
	// ends are the sets in which nothing but one value lies.
	ends  map[int32]int32
	start []int32
}

// places is where several phrases have come to: the literals that may go on, by the indices of their next bytes, and the
// values of the phrases that end. Both are sorted. A set of places is known by its number in builder.sets, or, if it is
// but the beginning of one literal, by the complement of its index.
type places struct{ at, values []int32 }

// nowhere is the number of the empty set.
const nowhere = 0

func newBuilder() *builder {
	return &builder{sets: make([]places, 1), ends: map[int32]int32{}}
}

// add adds one phrase with its value.
func (b *builder) add(phrase []byte, value int32) { b.begin(b.literal(phrase, b.end(value))) }

// begin lets phrases begin as set says.
func (b *builder) begin(set int32) {
	if set < 0 {
		b.start = append(b.start, ^set)
		return
	}
	b.start = append(b.start, b.sets[set].at...)
}

// end is the set in which a phrase of the value ends.
func (b *builder) end(value int32) int32 {
	set, ok := b.ends[value]
	if !ok {
		set = b.set(places{values: []int32{value}})
		b.ends[value] = set
	}
	return set
}

// literal is the set from which s leads to the set then.
func (b *builder) literal(s []byte, then int32) int32 {
	if len(s) == 0 || then == nowhere {
		return then
	}
	at := int32(len(b.text))
	b.text = binary.LittleEndian.AppendUint32(append(append(b.text, s...), link), uint32(then))
	return ^at
}

// either is the set of all that lies in one of several sets.
func (b *builder) either(sets []int32) int32 {
	var p places
	for _, set := range sets {
		if set < 0 {
			p.at = append(p.at, ^set)
			continue
		}
		p.at, p.values = append(p.at, b.sets[set].at...), append(p.values, b.sets[set].values...)
	}
	p.tidy()
	switch {
	case len(p.values) > 0 || len(p.at) > 1:
		return b.set(p)
	case len(p.at) == 1:
		return ^p.at[0]
	}
	return nowhere
}

func (b *builder) set(p places) int32 {
	b.sets = append(b.sets, p)
	return int32(len(b.sets) - 1)
}

func (p *places) tidy() {
	slices.Sort(p.at)
	slices.Sort(p.values)
	p.at, p.values = slices.Compact(p.at), slices.Compact(p.values)
}

// freeze makes the automaton in which every state is a set of places (the subset construction). Sets that were met before
// are taken again, and where there is but one way on no node is made.
func (b *builder) freeze() *automaton {
	t := &automaton{code: make([]int32, 0, len(b.text)/3), runs: make([]byte, 0, len(b.text))}
	f := freezer{b: b, t: t, single: make([]int32, len(b.text)), known: make(map[xxh3.Uint128]int32, len(b.text)/16)}
	start := places{at: b.start}
	start.tidy()
	f.node(start)
	fan, _, states := t.edges(0)
	for i := range fan {
		t.root[t.label(0, i)] = t.code[states+i]
	}
	// Labels are read eight at a time, so there must be something behind the last node.
	t.code, t.runs = slices.Clone(append(t.code, 0)), slices.Clone(t.runs)
	return t
}

// freezer is an automaton in the making.
type freezer struct {
	b *builder
	t *automaton
	// single is the state of a set of one place, known the node of a set by its hash.
	single []int32
	known  map[xxh3.Uint128]int32
	// key, run and stack are used again and again: stack holds the sets of all states that are being made.
	key, run []byte
	stack    []int32
}

// state is the state of a set, made if it is new.
func (f *freezer) state(p places) int32 {
	if len(p.at) != 1 || len(p.values) > 0 {
		return f.make(p)
	}
	if f.single[p.at[0]] == 0 {
		f.single[p.at[0]] = f.make(p)
	}
	return f.single[p.at[0]]
}

// node is the node of a set, made if it is new.
func (f *freezer) node(p places) int32 {
	f.key = f.key[:0]
	for _, list := range [2][]int32{p.at, p.values} {
		for _, v := range list {
			f.key = binary.LittleEndian.AppendUint32(f.key, uint32(v))
		}
		f.key = append(f.key, link)
	}
	key := xxh3.Hash128(f.key)
	id, ok := f.known[key]
	if !ok {
		id = f.branch(p)
		f.known[key] = id
	}
	return id
}

// make makes the state of a set: a run as long as there is one way on, then a node.
func (f *freezer) make(p places) int32 {
	begin, base := len(f.run), len(f.stack)
	for shared := false; !shared && len(p.values) == 0 && f.same(p.at); {
		first := p.at[0]
		f.run = append(f.run, f.b.text[first])
		// What follows a literal may follow others too.
		shared = len(p.at) == 1 && f.b.text[first+1] == link
		p = f.after(p.at)
	}
	if len(f.run) == begin {
		return f.node(p)
	}
	end := f.state(p)
	at := int32(len(f.t.runs))
	f.t.runs = binary.LittleEndian.AppendUint32(append(append(f.t.runs, f.run[begin:]...), link), uint32(end))
	f.run, f.stack = f.run[:begin], f.stack[:base]
	return ^at
}

// same reports whether all places have the same next byte.
func (f *freezer) same(at []int32) bool {
	for _, p := range at[1:] {
		if f.b.text[p] != f.b.text[at[0]] {
			return false
		}
	}
	return true
}

// after is the set behind the next bytes of some places. It lies on the stack.
func (f *freezer) after(at []int32) places {
	base := len(f.stack)
	var values []int32
	plain := true
	for _, p := range at {
		if f.b.text[p+1] != link {
			f.stack = append(f.stack, p+1)
			continue
		}
		set := int32(binary.LittleEndian.Uint32(f.b.text[p+2:]))
		switch {
		case set < 0:
			f.stack = append(f.stack, ^set)
		case len(at) == 1:
			return f.b.sets[set]
		default:
			f.stack, values = append(f.stack, f.b.sets[set].at...), append(values, f.b.sets[set].values...)
		}
		plain = false
	}
	out := places{at: f.stack[base:], values: values}
	if !plain {
		out.tidy()
	}
	return out
}

// branch makes the node of a set and everything behind it.
func (f *freezer) branch(p places) int32 {
	t, text := f.t, f.b.text
	base := len(f.stack)
	f.stack = f.sorted(f.stack, p.at)
	at := f.stack[base:]
	id, fan := int32(len(t.code)), int32(0)
	for i, p := range at {
		if i == 0 || text[p] != text[at[i-1]] {
			fan++
		}
	}
	t.code = append(t.code, fan|int32(len(p.values))<<16)
	t.code = append(t.code, make([]int32, (fan+3)/4+fan)...)
	t.code = append(t.code, p.values...)
	_, labels, states := t.edges(id)
	for edge := int32(0); len(at) > 0; edge++ {
		n := 1
		for n < len(at) && text[at[n]] == text[at[0]] {
			n++
		}
		mark := len(f.stack)
		next := f.state(f.after(at[:n]))
		t.code[states+edge] = next
		t.code[labels+edge/4] |= int32(text[at[0]]) << (8 * (edge & 3))
		at, f.stack = at[n:], f.stack[:mark]
	}
	f.stack = f.stack[:base]
	return id
}

// few is how many places are sorted by moving each to where it belongs.
const few = 24

// sorted appends places to dst, ordered by their next bytes and else as they are.
func (f *freezer) sorted(dst, at []int32) []int32 {
	base := len(dst)
	dst = append(dst, at...)
	if len(at) <= few {
		for i, p := range at {
			k := base + i
			for ; k > base && f.b.text[dst[k-1]] > f.b.text[p]; k-- {
				dst[k] = dst[k-1]
			}
			dst[k] = p
		}
		return dst
	}
	var from [257]int32
	for _, p := range at {
		from[f.b.text[p]+1]++
	}
	for c := 1; c < len(from); c++ {
		from[c] += from[c-1]
	}
	for _, p := range at {
		c := f.b.text[p]
		dst[base+int(from[c])] = p
		from[c]++
	}
	return dst
}
