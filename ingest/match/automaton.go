package match

import (
	"encoding/binary"
	"math/bits"
)

// automaton finds the phrases that begin at a position of a folded text, one byte after the other. Phrases that go on alike
// share what follows, so it is small however many there are. Values are small numbers that its owner understands.
//
// A state is 0 where nothing was read yet or nothing can follow, the place of a node in code, or, if negative, a place in runs.
type automaton struct {
	// code holds the nodes, each in one piece: how many edges and values it has (in the lower and the upper half of a
	// number), the labels of the edges, four in a number, the states to which they lead, and the values.
	code []int32
	// runs holds bytes that must follow each other, up to a link and, in four bytes, the state behind it.
	runs []byte
	root [256]int32
}

// link ends a run of bytes. No byte of UTF-8 looks so.
const link = 0xFF

// edges tells how many edges a node has, and where their labels and the states behind them are.
func (t *automaton) edges(node int32) (fan, labels, states int32) {
	fan = t.code[node] & 0xFFFF
	return fan, node + 1, node + 1 + (fan+3)/4
}

// step follows c from a state; 0: it does not lead on.
func (t *automaton) step(at int32, c byte) int32 {
	if at < 0 {
		run := t.runs[^at:]
		switch {
		case run[0] != c:
			return 0
		case run[1] == link:
			return int32(binary.LittleEndian.Uint32(run[2:]))
		}
		return at - 1
	}
	if at == 0 {
		return t.root[c]
	}
	return t.branch(at, c)
}

// branch follows c from a node. Eight labels are looked at in one step; what is read beyond them does not count.
func (t *automaton) branch(node int32, c byte) int32 {
	fan, labels, states := t.edges(node)
	for k := int32(0); k < fan; k += wordLen {
		pair := t.code[labels+k/4 : labels+k/4+2]
		x := (uint64(uint32(pair[0])) | uint64(uint32(pair[1]))<<32) ^ uint64(c)*eachByte
		if found := (x - eachByte) &^ x & highBits; found != 0 {
			if k += int32(bits.TrailingZeros64(found) / 8); k < fan {
				return t.code[states+k]
			}
			return 0
		}
	}
	return 0
}

// advance follows the bytes from b[k] on to the next node, and returns it and the place behind the last byte; 0: they lead
// to none.
func (t *automaton) advance(at int32, b []byte, k int32) (node, next int32) {
	if at == 0 {
		at = t.root[b[k]]
	} else {
		at = t.branch(at, b[k])
	}
	for k++; at < 0; {
		run := t.runs[^at:]
		for run[0] != link {
			if int(k) >= len(b) || b[k] != run[0] {
				return 0, k
			}
			run = run[1:]
			k++
		}
		at = int32(binary.LittleEndian.Uint32(run[1:]))
	}
	return at, k
}

// at returns the values of the phrases that end in a state, in ascending order.
func (t *automaton) at(state int32) []int32 {
	if state < 0 {
		return nil
	}
	n := t.code[state]
	if n>>16 == 0 {
		return nil
	}
	fan, _, states := t.edges(state)
	return t.code[states+fan : states+fan+n>>16]
}

// label is the byte of an edge of a node.
func (t *automaton) label(node, edge int32) byte {
	return byte(t.code[node+1+edge/4] >> (8 * (edge & 3)))
}

// each calls visit for the beginnings of phrases, shorter ones first, with the state to which they lead. Where visit returns
// false it looks no further; visit must not keep the beginning.
func (t *automaton) each(visit func(state int32, beginning []byte) bool) { t.walk(0, nil, visit) }

func (t *automaton) walk(state int32, beginning []byte, visit func(int32, []byte) bool) {
	if state < 0 {
		c := t.runs[^state]
		t.enter(t.step(state, c), append(beginning, c), visit)
		return
	}
	fan, _, states := t.edges(state)
	for i := range fan {
		t.enter(t.code[states+i], append(beginning, t.label(state, i)), visit)
	}
}

func (t *automaton) enter(state int32, beginning []byte, visit func(int32, []byte) bool) {
	if visit(state, beginning) {
		t.walk(state, beginning, visit)
	}
}

// phrases calls visit for every phrase, with the state in which it ends and its values; visit must not keep them.
func (t *automaton) phrases(visit func(state int32, phrase []byte, values []int32)) {
	t.each(func(state int32, beginning []byte) bool {
		if values := t.at(state); len(values) > 0 {
			visit(state, beginning, values)
		}
		return true
	})
}
