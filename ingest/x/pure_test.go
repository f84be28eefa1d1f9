package x_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/x"
)

func TestMakeRules(t *testing.T) {
	t.Parallel()
	rules, err := x.MakeRules([]event.Service{
		{ID: "metro", Name: "City Metro", Tags: []string{"metrostuck"}, Phrases: []string{`metro "stuck"`}},
		{ID: "kakao", Name: "카카오톡"},
	}, x.RuleLimits{Rules: 10, Length: 2000})
	if err != nil || len(rules) != 2 {
		t.Fatalf("%d rules, %v", len(rules), err)
	}
	for i, parts := range [][]string{
		{`(#metrostuck OR "metro stuck" OR #citymetrodown OR `, `"City Metro is down" OR `, ") -is:retweet"},
		{`((카카오톡 오류) OR (카카오톡 장애) OR (카카오톡 먹통)) -is:retweet`},
	} {
		for _, part := range parts {
			if !strings.Contains(rules[i].Value, part) {
				t.Errorf("rule %q lacks %q", rules[i].Value, part)
			}
		}
	}
	if rules[0].Tag != "outcry:metro" || rules[1].Tag != "outcry:kakao" {
		t.Errorf("tags are %q and %q", rules[0].Tag, rules[1].Tag)
	}
}

func TestRulesKeepWithinTheLimits(t *testing.T) {
	t.Parallel()
	var services []event.Service
	for i := range 40 {
		services = append(services, event.Service{ID: fmt.Sprint("s", i), Name: fmt.Sprintf("Service Number %d", i), Aliases: []string{"сервис", "サービス", "another name"}})
	}
	for _, limits := range []x.RuleLimits{{1000, 1024}, {1000, 512}, {400, 100}, {42, 1024}} {
		rules, err := x.MakeRules(services, limits)
		if err != nil || len(rules) > limits.Rules || len(rules) == 0 {
			t.Errorf("%+v: %d rules, %v", limits, len(rules), err)
		}
		for _, r := range rules {
			if n := utf8.RuneCountInString(r.Value); n > limits.Length {
				t.Errorf("%+v: a rule of %d characters", limits, n)
			}
			if shared := len(rules) < 40; shared != (r.Tag == "outcry:*") && limits.Rules == 42 {
				t.Errorf("%+v: tag %q", limits, r.Tag)
			}
		}
	}
	if _, err := x.MakeRules(services, x.RuleLimits{Rules: 3, Length: 1024}); err == nil {
		t.Error("40 services fit into three rules")
	}
}

func TestDiffRules(t *testing.T) {
	t.Parallel()
	have := []x.Rule{
		{ID: "1", Value: "a", Tag: "outcry:a"}, {ID: "2", Value: "a", Tag: "outcry:a"}, {ID: "3", Value: "b", Tag: "outcry:a"},
		{ID: "4", Value: "c", Tag: "theirs"}, {ID: "5", Value: "d"},
	}
	add, remove := x.DiffRules(have, []x.Rule{{Value: "a", Tag: "outcry:a"}, {Value: "c", Tag: "outcry:c"}, {Value: "c", Tag: "outcry:c"}})
	if diff := cmp.Diff([]x.Rule{{Value: "c", Tag: "outcry:c"}}, add); diff != "" {
		t.Errorf("add (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2", "3"}, remove); diff != "" {
		t.Errorf("remove (-want +got):\n%s", diff)
	}
}

func TestBudget(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 31, 23, 0, 0, 0, time.FixedZone("", -3600)) // the first of January in UTC
	b := x.Budget{PerDay: 1, PerMonth: 2, Price: 0.01, Alarm: 0.8}
	newYear := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		spend x.Spend
		level x.Level
		until time.Time
	}{
		{x.Spend{}, x.Fine, time.Time{}},
		{x.Spend{Day: "2026-12-31", DayUnits: 9999, Month: "2026-12", MonthUnits: 9999}, x.Fine, time.Time{}},
		{x.Spend{Day: "2027-01-01", DayUnits: 79, Month: "2027-01", MonthUnits: 79}, x.Fine, time.Time{}},
		{x.Spend{Day: "2027-01-01", DayUnits: 80, Month: "2027-01", MonthUnits: 80}, x.Alarmed, time.Time{}},
		{x.Spend{Day: "2027-01-01", DayUnits: 100, Month: "2027-01", MonthUnits: 100}, x.Stopped, newYear.AddDate(0, 0, 1)},
		{x.Spend{Day: "2027-01-01", DayUnits: 1, Month: "2027-01", MonthUnits: 200}, x.Stopped, newYear.AddDate(0, 1, 0)},
		{x.Spend{Day: "2027-01-01", DayUnits: 100, Month: "2027-01", MonthUnits: 200}, x.Stopped, newYear.AddDate(0, 1, 0)},
	} {
		level, until := b.Judge(tc.spend, now)
		if level != tc.level || !until.Equal(tc.until) {
			t.Errorf("%+v: %v until %v, want %v until %v", tc.spend, level, until, tc.level, tc.until)
		}
	}
	got := x.Spend{Day: "2026-12-31", DayUnits: 5, Month: "2027-01", MonthUnits: 7}.Add(now, 2)
	if want := (x.Spend{Day: "2027-01-01", DayUnits: 2, Month: "2027-01", MonthUnits: 9}); got != want {
		t.Errorf("Add = %+v, want %+v", got, want)
	}
}
