package match

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/outcry/outcry/ingest/match/linear"
)

var (
	//go:embed complaints.bin
	complaintsFile []byte
	//go:embed symptoms.bin
	symptomsFile []byte
)

// What was learned from labelled posts is decoded once: it depends on nothing but files that are part of the program.
var (
	complaints = sync.OnceValues(func() (*linear.Model, error) { return decodeModel("complaints.bin", complaintsFile) })
	failures   = sync.OnceValues(func() (*linear.Model, error) { return decodeModel("symptoms.bin", symptomsFile) })
)

func decodeModel(name string, raw []byte) (*linear.Model, error) {
	model, rest, err := linear.Decode(raw)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%d bytes too many", len(rest))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return model, nil
}
