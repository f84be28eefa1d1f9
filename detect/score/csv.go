package score

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// The layout of timestamps without a zone, which are read as UTC.
const plainTime = "2006-01-02 15:04:05"

// maxLine is the longest line of a CSV file that is read, in bytes.
const maxLine = 64 << 10

// ReadSeries reads lines of timestamp,value. A first line that names its columns is obeyed: columns other than these two are left
// aside. Timestamps are "2006-01-02 15:04:05" (UTC) or RFC 3339 and may not go back; values are finite and not negative. An error
// names the line.
func ReadSeries(r io.Reader) ([]Point, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	var out []Point
	timeCol, valueCol := 0, 1
	n, seen := 0, false
	for sc.Scan() {
		n++
		text := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if text == "" {
			continue
		}
		fields := strings.Split(text, ",")
		if first := !seen; first {
			seen = true
			if t, v, ok := header(fields); ok {
				timeCol, valueCol = t, v
				continue
			}
		}
		p, err := readPoint(fields, timeCol, valueCol)
		if err == nil && len(out) > 0 && p.Time.Before(out[len(out)-1].Time) {
			err = errors.New("its time is before that of the line above: sort the lines by time")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, p)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	return out, nil
}

// header finds the two columns in a line that names them.
func header(fields []string) (timeCol, valueCol int, ok bool) {
	timeCol, valueCol = -1, -1
	for i, f := range fields {
		switch strings.ToLower(unquote(f)) {
		case "timestamp":
			timeCol = i
		case "value":
			valueCol = i
		}
	}
	return timeCol, valueCol, timeCol >= 0 && valueCol >= 0
}

func readPoint(fields []string, timeCol, valueCol int) (Point, error) {
	if len(fields) <= max(timeCol, valueCol) {
		return Point{}, fmt.Errorf("has %d columns, want timestamp,value", len(fields))
	}
	text := unquote(fields[timeCol])
	at, err := readTime(text)
	if err != nil {
		return Point{}, fmt.Errorf("timestamp %q is neither \"2006-01-02 15:04:05\" nor RFC 3339", text)
	}
	text = unquote(fields[valueCol])
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
		return Point{}, fmt.Errorf("value %q is not a count: want a number that is not negative", text)
	}
	return Point{Time: at, Value: v}, nil
}

func readTime(text string) (time.Time, error) {
	if at, err := time.Parse(plainTime, text); err == nil {
		return at, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	return at.UTC(), err
}

func unquote(f string) string { return strings.Trim(strings.TrimSpace(f), `"`) }

// WriteSeries writes timestamp,value,anomaly_score, one line per point.
func WriteSeries(w io.Writer, points []Point, scores []float64) error {
	if len(points) != len(scores) {
		return fmt.Errorf("%d points but %d scores", len(points), len(scores))
	}
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("timestamp,value,anomaly_score\n"); err != nil {
		return fmt.Errorf("writing scores: %w", err)
	}
	var line []byte
	for i, p := range points {
		line = p.Time.UTC().AppendFormat(line[:0], plainTime)
		line = append(line, ',')
		line = strconv.AppendFloat(line, p.Value, 'f', -1, 64)
		line = append(line, ',')
		line = strconv.AppendFloat(line, scores[i], 'f', -1, 64)
		line = append(line, '\n')
		if _, err := b.Write(line); err != nil {
			return fmt.Errorf("writing scores: %w", err)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing scores: %w", err)
	}
	return nil
}
