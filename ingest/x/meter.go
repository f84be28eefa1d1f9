package x

import (
	"encoding/json"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
)

// meter counts what is billed and remembers it in the cursor. The stream and the ear use it at once.
type meter struct {
	cfg *Config

	mu    sync.Mutex
	spend Spend
	ears  map[string]ear
	// known says that the cursor has been read, alarmed on which day or month somebody was told.
	known   bool
	alarmed string
}

// memory is the cursor.
type memory struct {
	Spend Spend          `json:"spend"`
	Ears  map[string]ear `json:"ears,omitempty"`
}

// restore reads the cursor the first time. One that cannot be read costs the memory of what was spent, and nothing else.
func (m *meter) restore(cursor string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known {
		return
	}
	m.known = true
	m.ears = make(map[string]ear)
	if cursor == "" {
		return
	}
	var was memory
	if err := json.Unmarshal([]byte(cursor), &was); err != nil {
		m.cfg.Log.Warn("what x has cost so far is not known; it is counted from zero", zap.Error(err))
		return
	}
	m.spend = was.Spend
	for id, e := range was.Ears {
		m.ears[id] = e
	}
}

// cursor gives what restore reads.
func (m *meter) cursor() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	was := memory{Spend: m.spend, Ears: make(map[string]ear)}
	for id, e := range m.ears {
		if e.Open {
			was.Ears[id] = e
		}
	}
	b, err := json.Marshal(was)
	if err != nil {
		return "" // numbers and strings can always be encoded
	}
	return string(b)
}

// bill counts n units; a *SpentError says that there must be no more.
func (m *meter) bill(n int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.cfg.Now()
	m.spend = m.spend.Add(now, n)
	return m.judge(now)
}

func (m *meter) judge(now time.Time) error {
	s := m.spend.At(now)
	level, until := m.cfg.Budget.Judge(s, now)
	day, month := m.cfg.Budget.Dollars(s)
	if level >= Alarmed && m.alarmed != s.Day {
		m.alarmed = s.Day
		m.cfg.Log.Warn("most of the budget for x is spent", zap.String("source", m.cfg.Name),
			zap.Float64("today_usd", day), zap.Float64("month_usd", month),
			zap.Float64("budget_day_usd", m.cfg.Budget.PerDay), zap.Float64("budget_month_usd", m.cfg.Budget.PerMonth))
	}
	if level == Stopped {
		return &SpentError{Day: day, Month: month, Until: until}
	}
	return nil
}

// spent is what was billed in the present day and month.
func (m *meter) spent() event.SourceSpent {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := &m.cfg.Budget
	day, month := b.Dollars(m.spend.At(m.cfg.Now()))
	return event.SourceSpent{DayUSD: day, MonthUSD: month, BudgetDayUSD: b.PerDay, BudgetMonthUSD: b.PerMonth}
}

// hear lets the ear of a service hear counts and reports whether its stream should be open, and whether that is new.
func (m *meter) hear(id string, counts []int) (open, changed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	was := m.ears[id]
	is := was.hear(counts)
	m.ears[id] = is
	return is.Open, is.Open != was.Open
}

// open reports whether the stream of a service should be open.
func (m *meter) open(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ears[id].Open
}
