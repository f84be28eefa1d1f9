package x

import (
	"encoding/json"
	"fmt"
	"time"
)

// parseCounts reads counts by minute. The first and the last minute may not be whole, and then do not count.
func parseCounts(body []byte) ([]int, error) {
	var answer struct {
		Data []struct {
			Start time.Time `json:"start"`
			End   time.Time `json:"end"`
			Count int       `json:"tweet_count"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("counts of x cannot be read: %w", err)
	}
	var counts []int
	for _, d := range answer.Data {
		if d.End.Sub(d.Start) == time.Minute && d.Count >= 0 {
			counts = append(counts, d.Count)
		}
	}
	return counts, nil
}
