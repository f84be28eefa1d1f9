package window

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Changes collects what has to be stored since the last Flush: hashes of fields, one hash per service and minute for the
// records, one per service for the sums. A nil *Changes collects nothing.
type Changes struct {
	records map[string]map[string]*record
	sums    map[string]map[string]float64
	deleted map[string]map[string]bool
}

// NewChanges makes an empty collection.
func NewChanges() *Changes {
	return &Changes{
		records: make(map[string]map[string]*record),
		sums:    make(map[string]map[string]float64),
		deleted: make(map[string]map[string]bool),
	}
}

const (
	recordPrefix = "w/"
	sumPrefix    = "s/"
	slotsPerHash = 6
)

func recordHash(service string, n int64) string {
	return recordPrefix + service + "/" + strconv.FormatInt(floorDiv(n, slotsPerHash), 10)
}

func recordField(n int64, k key) string {
	return fmt.Sprintf("%d/%s/%016x", n, k.class, k.voice)
}

func (c *Changes) put(service string, n int64, k key, s *slot) {
	if c == nil {
		return
	}
	hash, field := recordHash(service, n), recordField(n, k)
	inner(c.records, hash)[field] = s.records[k]
	delete(c.deleted[hash], field)
}

func (c *Changes) drop(service string, n int64, k key) {
	if c == nil {
		return
	}
	hash, field := recordHash(service, n), recordField(n, k)
	delete(c.records[hash], field)
	inner(c.deleted, hash)[field] = true
}

func (c *Changes) forget(service string, n int64, s *slot) {
	for k := range s.records {
		c.drop(service, n, k)
	}
}

func (c *Changes) putSum(service string, n int64, voices float64) {
	if c == nil {
		return
	}
	hash, field := sumPrefix+service, strconv.FormatInt(n, 10)
	inner(c.sums, hash)[field] = voices
	delete(c.deleted[hash], field)
}

func (c *Changes) forgetSum(service string, n int64) {
	if c == nil {
		return
	}
	hash, field := sumPrefix+service, strconv.FormatInt(n, 10)
	delete(c.sums[hash], field)
	inner(c.deleted, hash)[field] = true
}

func inner[V any](m map[string]map[string]V, hash string) map[string]V {
	fields, ok := m[hash]
	if !ok {
		fields = make(map[string]V)
		m[hash] = fields
	}
	return fields
}

// Flush gives the collected changes as fields to set and fields to delete, and starts anew.
func (c *Changes) Flush() (set map[string]map[string][]byte, del map[string][]string, err error) {
	set, del = make(map[string]map[string][]byte), make(map[string][]string)
	for hash, fields := range c.records {
		for field, r := range fields {
			if inner(set, hash)[field], err = json.Marshal(r); err != nil {
				return nil, nil, fmt.Errorf("encode %s of %s: %w", field, hash, err)
			}
		}
	}
	for hash, fields := range c.sums {
		for field, v := range fields {
			inner(set, hash)[field] = strconv.AppendFloat(nil, v, 'g', -1, 64)
		}
	}
	for hash, fields := range c.deleted {
		for field := range fields {
			del[hash] = append(del[hash], field)
		}
	}
	clear(c.records)
	clear(c.sums)
	clear(c.deleted)
	return set, del, nil
}

// ServiceOf names the service to which a stored hash belongs; false: it is none of this package's.
func ServiceOf(hash string) (string, bool) {
	if rest, ok := strings.CutPrefix(hash, recordPrefix); ok {
		service, _, found := strings.Cut(rest, "/")
		return service, found
	}
	return strings.CutPrefix(hash, sumPrefix)
}

// Restore takes back one stored field. Settle must follow the last one.
func (w *Windows) Restore(hash, field string, value []byte) error {
	number, rest, _ := strings.Cut(field, "/")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fmt.Errorf("field %s of %s is no slot: %w", field, hash, err)
	}
	if strings.HasPrefix(hash, sumPrefix) {
		v, err := strconv.ParseFloat(string(value), 64)
		if err != nil {
			return fmt.Errorf("field %s of %s is no number: %w", field, hash, err)
		}
		w.sums = append(w.sums, sum{n, v})
		return nil
	}
	var r record
	if err := json.Unmarshal(value, &r); err != nil {
		return fmt.Errorf("field %s of %s: %w", field, hash, err)
	}
	s, ok := w.slots[n]
	if !ok {
		s = newSlot()
		w.slots[n] = s
	}
	cl, _, _ := strings.Cut(rest, "/")
	s.records[key{class(cl), r.Mention.Voice}] = &r
	s.full = s.full || len(s.records) >= sampleSize
	return nil
}
