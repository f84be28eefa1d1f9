package sim

import (
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

// author is one account.
type author struct {
	id, handle string
	created    time.Time
	followers  int
	verified   bool
}

// crowdSize is how many accounts one network has per unit of a country's weight.
const crowdSize = 9000

// anyone draws an account of the network in the country. Everything about an account follows from its number, so that it
// is the same whenever it is met again. eager > 1 prefers those who post much.
func (w *world) anyone(r *rand.Rand, network string, c *country, eager float64) author {
	crowd := max(1, c.weight*crowdSize)
	n := uint64(math.Pow(r.Float64(), eager) * crowd)
	return w.account(network, c.code, n)
}

func (w *world) account(network, code string, n uint64) author {
	key := n<<24 ^ uint64(network[0])<<16 ^ uint64(code[0])<<8 ^ uint64(code[1])
	h := mix(key)
	days := 45 + 3600*math.Pow(unit(h), 0.8)
	if unit(mix(h+1)) < 0.03 {
		days = 40 * unit(mix(h+2))
	}
	a := author{
		created:   w.start.Add(-time.Duration(days * 24 * float64(time.Hour))).Truncate(time.Second),
		followers: int(math.Exp(4.4 + 1.7*normal(mix(h+3), mix(h+4)))),
		verified:  unit(mix(h+5)) < 0.008,
		handle:    handleOf(h),
	}
	a.id = accountID(network, h, a.handle)
	return a
}

// newcomer is an account made within the last days, as rings of them are.
func (w *world) newcomer(r *rand.Rand, network string, at time.Time) author {
	h := r.Uint64()
	a := author{
		created:   at.Add(-time.Duration(r.Float64() * 60 * float64(time.Hour))).Truncate(time.Second),
		followers: r.IntN(4),
		handle:    handleOf(h),
	}
	a.id = accountID(network, h, a.handle)
	return a
}

func accountID(network string, h uint64, handle string) string {
	switch network {
	case "bluesky":
		return "did:plc:" + strconv.FormatUint(h, 36)
	case "mastodon":
		return handle + "@social" + strconv.FormatUint(h%40, 10) + ".example"
	}
	return strconv.FormatUint(h>>2, 10)
}

// handleOf makes up a pronounceable name with a number behind it.
func handleOf(h uint64) string {
	const consonants, vowels = "bcdfghjklmnprstvz", "aeiou"
	name := make([]byte, 0, 16)
	for i := range 3 {
		x := mix(h + uint64(i)*7)
		name = append(name, consonants[x%uint64(len(consonants))], vowels[(x>>16)%uint64(len(vowels))])
	}
	return string(strconv.AppendUint(append(name, '_'), h%99991, 10))
}

// unit maps bits to [0, 1).
func unit(h uint64) float64 { return float64(h>>11) / (1 << 53) }

// normal makes a standard normal number of two sets of bits (Box and Muller).
func normal(a, b uint64) float64 {
	return math.Sqrt(-2*math.Log(1-unit(a))) * math.Cos(2*math.Pi*unit(b))
}
