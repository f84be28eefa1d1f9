package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Model tells by the features of an example the odds that it is of some kind. Features share their weights with those whose hashes begin
// alike (Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009), so that it is as small as one likes, however many
// features there are. It does not change once made.
type Model struct {
	bias  float32
	unit  float32 // what a weight of one is of a logarithm of odds
	shift uint32  // what of a hash is no index into weights
	table []int8
}

// MaxBits is how large a Model may be: the logarithm of how many weights it has.
const MaxBits = 24

// LogOdds is the natural logarithm of the odds of an example. What a feature weighs goes down with the square root of how many there are, as
// in Train; a feature that stands there twice counts twice.
func (m *Model) LogOdds(features []uint32) float64 {
	if len(features) == 0 {
		return float64(m.bias)
	}
	sum := int32(0)
	for _, f := range features {
		sum += int32(m.table[f>>m.shift])
	}
	return float64(m.bias) + float64(m.unit)*float64(sum)/math.Sqrt(float64(len(features)))
}

// Weight is what one feature adds to the logarithm of the odds of an example that has no other.
func (m *Model) Weight(feature uint32) float64 {
	return float64(m.unit) * float64(m.table[feature>>m.shift])
}

// headLen is how many bytes stand before the weights of an encoded Model: how many bits an index has, the bias, the unit.
const headLen = 1 + 4 + 4

// Append appends the encoded model to dst.
func (m *Model) Append(dst []byte) []byte {
	dst = append(dst, byte(32-m.shift))
	dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(m.bias))
	dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(m.unit))
	for _, w := range m.table {
		dst = append(dst, byte(w))
	}
	return dst
}

// ErrShort is given for an encoded model that ends too early.
var ErrShort = errors.New("the model ends too early: write it anew")

// Decode reads a model from the beginning of raw and returns what follows it. It fails with ErrShort, and on sizes and units that no model has.
func Decode(raw []byte) (m *Model, rest []byte, err error) {
	if len(raw) < headLen {
		return nil, nil, ErrShort
	}
	bits := raw[0]
	if bits < 1 || bits > MaxBits {
		return nil, nil, fmt.Errorf("a model of 2^%d weights: between 2^1 and 2^%d are possible", bits, MaxBits)
	}
	m = &Model{
		bias:  math.Float32frombits(binary.LittleEndian.Uint32(raw[1:])),
		unit:  math.Float32frombits(binary.LittleEndian.Uint32(raw[5:])),
		shift: 32 - uint32(bits),
	}
	if !isFinite(m.bias) || !isFinite(m.unit) {
		return nil, nil, fmt.Errorf("a model with bias %v and unit %v: both must be finite", m.bias, m.unit)
	}
	raw = raw[headLen:]
	n := 1 << bits
	if len(raw) < n {
		return nil, nil, ErrShort
	}
	m.table = make([]int8, n)
	for i, b := range raw[:n] {
		m.table[i] = int8(b)
	}
	return m, raw[n:], nil
}

func isFinite(x float32) bool { return !math.IsNaN(float64(x)) && !math.IsInf(float64(x), 0) }
