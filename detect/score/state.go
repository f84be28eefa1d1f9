package score

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"
)

// stateVersion changes when a saved state can no longer be read.
const stateVersion = 5

// runFields is how many numbers describe a run of slots.
const runFields = 5

// spreadFields is how many numbers describe a spread.
const spreadFields = 5

// maxStep is the longest step, in seconds, that is believed.
const maxStep = 366 * 24 * 3600

// state is a Scorer as it is saved. Whatever can be computed again from the rest is left out, so that nothing can contradict.
type state struct {
	Version int     `json:"v"`
	Step    int64   `json:"step"` // seconds
	Started bool    `json:"started,omitempty"`
	At      int64   `json:"at,omitempty"`
	Index   int64   `json:"n,omitempty"`
	Muted   int64   `json:"muted,omitempty"`
	Hold    []int64 `json:"hold,omitempty"` // slots, frozen count, frozen exposure
	Best    int     `json:"best,omitempty"`
	Spoilt  bool    `json:"spoilt,omitempty"`
	Ring    []int64 `json:"ring"` // runs of equal slots, oldest first: length, count, talk, exposure, learn
	Leaving []int64 `json:"leaving"`
	// Level is Voices, Seconds, Talk, Near, Exposure, then the profile at the present bin: factor, doubt.
	Level   []float64 `json:"level"`
	Spreads []float64 `json:"spreads"` // learnt, current, pending; the fields of each window
	Profile string    `json:"profile,omitempty"`
}

// MarshalJSON gives the whole state except Params, of which there is one set for all.
func (s *Scorer) MarshalJSON() ([]byte, error) {
	l := &s.leaving
	st := state{
		Version: stateVersion, Step: int64(s.step / time.Second),
		Started: s.started, At: s.at, Index: s.index, Muted: s.muted, Best: s.best, Spoilt: s.spoilt,
		Ring:    s.ring.runs(),
		Leaving: []int64{l.count, l.talk, l.exposure, l.heard, l.slots},
		Level:   []float64{s.level.Voices, s.level.Seconds, s.level.Talk, s.level.Near, s.level.Exposure, s.factor, s.doubt},
		Profile: pack(s.profile.voices[:], s.profile.seconds[:]),
	}
	if s.hold > 0 {
		st.Hold = []int64{s.hold, s.frozen.count, s.frozen.exposure}
	}
	for _, set := range [][len(units)]spread{s.spreads, s.current, s.pending} {
		for _, v := range set {
			st.Spreads = append(st.Spreads, v.Squares, v.Means, v.Seen, v.Excess, v.Means2)
		}
	}
	return json.Marshal(st)
}

// UnmarshalJSON restores what MarshalJSON gave: the next scores are the same to the last bit. The Params are those of s, or Default if s is
// the zero Scorer.
func (s *Scorer) UnmarshalJSON(data []byte) error {
	var st state
	if err := json.Unmarshal(data, &st); err != nil {
		return fmt.Errorf("score: saved state cannot be read: %w", err)
	}
	if st.Version != stateVersion {
		return fmt.Errorf("score: saved state has version %d, want %d: drop it, it is rebuilt from the log", st.Version, stateVersion)
	}
	if st.Step < 1 || st.Step > maxStep || len(st.Leaving) != 5 || len(st.Level) != 7 || len(st.Spreads) != 3*spreadFields*len(units) ||
		st.Best < 0 || st.Best >= len(units) {
		return errDamaged
	}
	par := s.par
	if par == (Params{}) {
		par = Default()
	}
	n := NewStep(par, time.Duration(st.Step)*time.Second)
	n.started, n.at, n.index, n.muted, n.spoilt = st.Started, st.At, st.Index, st.Muted, st.Spoilt
	n.best = st.Best
	if len(st.Hold) == 3 {
		n.hold, n.frozen = st.Hold[0], slot{count: st.Hold[1], exposure: st.Hold[2]}
	}
	n.leaving = leaving{count: st.Leaving[0], talk: st.Leaving[1], exposure: st.Leaving[2], heard: st.Leaving[3], slots: st.Leaving[4]}
	n.level = level{Voices: st.Level[0], Seconds: st.Level[1], Talk: st.Level[2], Near: st.Level[3], Exposure: st.Level[4]}
	n.factor, n.doubt = st.Level[5], st.Level[6]
	v := st.Spreads
	for _, set := range []*[len(units)]spread{&n.spreads, &n.current, &n.pending} {
		for i := range set {
			set[i] = spread{Squares: v[0], Means: v[1], Seen: v[2], Excess: v[3], Means2: v[4]}
			v = v[spreadFields:]
		}
	}
	if err := n.ring.restore(st.Ring, n.perUnit); err != nil {
		return err
	}
	if err := unpack(st.Profile, n.profile.voices[:], n.profile.seconds[:]); err != nil {
		return err
	}
	n.profile.any = n.profile.voices != [hoursOfWeek]float32{}
	n.pool = s.pool
	*s = *n
	return nil
}

var errDamaged = errors.New("score: saved state is damaged: drop it, it is rebuilt from the log")

// runs lists the slots, oldest first, as runs of equal ones.
func (r *ring) runs() []int64 {
	var out []int64
	var last slot
	for i := range r.slots {
		v := r.slots[(r.next+i)%len(r.slots)]
		if i > 0 && v == last {
			out[len(out)-runFields]++
			continue
		}
		last = v
		out = append(out, 1, v.count, v.talk, v.exposure, bit(v.learn))
	}
	return out
}

// restore pushes the slots of runs.
func (r *ring) restore(runs []int64, perUnit int) error {
	if len(runs)%runFields != 0 {
		return errDamaged
	}
	left := int64(len(r.slots))
	for ; len(runs) > 0; runs = runs[runFields:] {
		if runs[0] < 1 || runs[0] > left || runs[1] < 0 || runs[2] < 0 || runs[3] < 0 {
			return errDamaged
		}
		left -= runs[0]
		for range runs[0] {
			r.push(slot{count: runs[1], talk: runs[2], exposure: runs[3], learn: runs[4] != 0}, perUnit)
		}
	}
	if left != 0 {
		return errDamaged
	}
	return nil
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// pack gives single-precision numbers as base64; nothing if all are 0.
func pack(parts ...[]float32) string {
	var buf []byte
	known := false
	for _, part := range parts {
		for _, v := range part {
			known = known || v != 0
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(v))
		}
	}
	if !known {
		return ""
	}
	return base64.StdEncoding.EncodeToString(buf)
}

// unpack is the reverse of pack into parts that are all 0.
func unpack(text string, parts ...[]float32) error {
	if text == "" {
		return nil
	}
	buf, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return errDamaged
	}
	for _, part := range parts {
		if len(buf) < 4*len(part) {
			return errDamaged
		}
		for i := range part {
			v := math.Float32frombits(binary.LittleEndian.Uint32(buf[4*i:]))
			if !(v >= 0) || math.IsInf(float64(v), 0) {
				return errDamaged
			}
			part[i] = v
		}
		buf = buf[4*len(part):]
	}
	if len(buf) != 0 {
		return errDamaged
	}
	return nil
}
