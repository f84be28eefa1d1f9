package alert_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

func TestRoutes(t *testing.T) {
	t.Parallel()
	known := func(id string) event.Service {
		return map[string]event.Service{"whatsapp": {Owner: "meta", Kind: "messaging"}, "telegram": {Owner: "durov", Kind: "social"}}[id]
	}
	e := outage(event.TypeConfirmed, func(o *event.Outage) {
		o.Services = append(o.Services, service("Signal", event.RoleDependent), service("Telegram", event.RoleRefuge))
		o.Scope = event.Scope{Label: "regional", Countries: []event.CountryShare{{Code: "IT", Share: 0.8}, {Code: "CH", Share: 0.09}}}
		o.Confidence, o.Evidence.Languages = 0.9, []string{"it", "de"}
	})
	global := outage(event.TypeConfirmed, scope("global"))
	caused := outage(event.TypeConfirmed, func(o *event.Outage) { o.Cause = &event.Cause{Service: "aws", Basis: "dependency"} })
	to := func(name string, r alert.Route) alert.Route {
		r.Receivers = append(r.Receivers, name)
		return r
	}
	onward := func(r alert.Route) alert.Route {
		r.Continue = true
		return r
	}
	ops := to("ops", alert.Route{})
	open := alert.Window{From: 11 * time.Hour, Until: 13 * time.Hour}
	shut := alert.Window{From: 13 * time.Hour, Until: 14 * time.Hour}
	tests := []struct {
		name   string
		event  event.Event
		routes []alert.Route
		want   []string
	}{
		{"no route", e, nil, nil},
		{"no condition", e, []alert.Route{ops}, []string{"ops"}},
		{"the first match is the last", e, []alert.Route{ops, to("desk", alert.Route{})}, []string{"ops"}},
		{"unless it continues", e, []alert.Route{onward(ops), to("desk", alert.Route{}), to("never", alert.Route{})}, []string{"ops", "desk"}},
		{"each receiver once", e, []alert.Route{onward(ops), ops}, []string{"ops"}},
		{"no match goes on", e, []alert.Route{to("never", alert.Route{Services: []string{"x"}}), ops}, []string{"ops"}},
		{"the service that is down", e, []alert.Route{to("ops", alert.Route{Services: []string{"x", "whatsapp"}})}, []string{"ops"}},
		{"a service that suffers with it", e, []alert.Route{to("ops", alert.Route{Services: []string{"signal"}})}, []string{"ops"}},
		{"a bystander", e, []alert.Route{to("ops", alert.Route{Services: []string{"telegram"}})}, nil},
		{"the owner", e, []alert.Route{to("ops", alert.Route{Owners: []string{"meta"}})}, []string{"ops"}},
		{"a bystander's owner", e, []alert.Route{to("ops", alert.Route{Owners: []string{"durov"}})}, nil},
		{"the kind", e, []alert.Route{to("ops", alert.Route{Kinds: []string{"bank", "messaging"}})}, []string{"ops"}},
		{"a bystander's kind", e, []alert.Route{to("ops", alert.Route{Kinds: []string{"social"}})}, nil},
		{"the time of day", e, []alert.Route{to("ops", alert.Route{Windows: []alert.Window{shut, open}})}, []string{"ops"}},
		{"another time of day", e, []alert.Route{to("day", alert.Route{Windows: []alert.Window{shut}}), ops}, []string{"ops"}},
		{"the cause", caused, []alert.Route{to("ops", alert.Route{Owners: []string{"aws"}})}, []string{"ops"}},
		{"grave enough", e, []alert.Route{to("ops", alert.Route{Severity: event.Major})}, []string{"ops"}},
		{"not grave enough", e, []alert.Route{to("ops", alert.Route{Severity: event.Critical})}, nil},
		{"the phase", e, []alert.Route{to("ops", alert.Route{Phases: []event.Phase{event.Confirmed}})}, []string{"ops"}},
		{"another phase", e, []alert.Route{to("ops", alert.Route{Phases: []event.Phase{event.Suspected}})}, nil},
		{"the country", e, []alert.Route{to("ops", alert.Route{Countries: []string{"FR", "IT"}})}, []string{"ops"}},
		{"a country with few voices", e, []alert.Route{to("ops", alert.Route{Countries: []string{"CH"}})}, nil},
		{"global is everywhere", global, []alert.Route{to("ops", alert.Route{Countries: []string{"NZ"}})}, []string{"ops"}},
		{"the language", e, []alert.Route{to("ops", alert.Route{Languages: []string{"de"}})}, []string{"ops"}},
		{"another language", e, []alert.Route{to("ops", alert.Route{Languages: []string{"fr"}})}, nil},
		{"sure enough", e, []alert.Route{to("ops", alert.Route{Confidence: 0.9})}, []string{"ops"}},
		{"not sure enough", e, []alert.Route{to("ops", alert.Route{Confidence: 0.91})}, nil},
		{"all conditions together", e, []alert.Route{to("ops", alert.Route{Services: []string{"whatsapp"}, Countries: []string{"FR"}})}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			routes := alert.Routes{List: test.routes, Service: known}
			diff(t, "receivers", test.want, routes.Receivers(&test.event, test.event.Time))
			wants := routes.Wants("ops")
			switch {
			case wants == nil && len(test.routes) > 0:
				t.Error("Wants gives nothing to ask")
			case wants != nil && (wants(&test.event, test.event.Time) == "") != (len(test.want) > 0):
				t.Errorf("ops wants it not because it is %q, want to tell %q", wants(&test.event, test.event.Time), test.want)
			}
		})
	}
}

func TestRoutesCheck(t *testing.T) {
	t.Parallel()
	ops := []string{"ops"}
	tests := []struct {
		name  string
		route alert.Route
		want  string
	}{
		{"right", alert.Route{Receivers: ops, Severity: event.Major, Phases: []event.Phase{event.Confirmed}, Countries: []string{"IT"}, Confidence: 1}, ""},
		{"nobody", alert.Route{}, "no receivers"},
		{"a stranger", alert.Route{Receivers: []string{"oops"}}, `no notifier "oops"; the notifiers are ["ops"]`},
		{"severity", alert.Route{Receivers: ops, Severity: "huge"}, `no severity "huge"`},
		{"phase", alert.Route{Receivers: ops, Phases: []event.Phase{"over"}}, `no phase "over"`},
		{"country", alert.Route{Receivers: ops, Countries: []string{"it"}}, `"it" is not the code`},
		{"confidence", alert.Route{Receivers: ops, Confidence: 98}, "from 0 to 1"},
		{"confidence that is none", alert.Route{Receivers: ops, Confidence: math.NaN()}, "from 0 to 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := alert.Routes{List: []alert.Route{{Receivers: ops}, test.route}}.Check(ops)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("Check() = %v, want nil", err)
			case test.want != "" && (err == nil || !strings.HasPrefix(err.Error(), "route 2: ") || !strings.Contains(err.Error(), test.want)):
				t.Errorf("Check() = %v, want it to name route 2 and say %q", err, test.want)
			}
		})
	}
}
