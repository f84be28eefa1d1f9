package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
)

// names are what routes and silences can name.
type names struct{ services, owners, kinds []string }

func namesOf(services []event.Service) names {
	var n names
	for i := range services {
		s := &services[i]
		n.services, n.owners, n.kinds = append(n.services, s.ID), append(n.owners, s.Owner), append(n.kinds, s.Kind)
	}
	for _, list := range []*[]string{&n.owners, &n.kinds} {
		slices.Sort(*list)
		*list = slices.DeleteFunc(slices.Compact(*list), func(name string) bool { return name == "" })
	}
	return n
}

// check refuses what nobody knows: a route for what does not exist leads nowhere, and a silence of it silences nothing.
func (n names) check(services, owners, kinds []string) error {
	for _, one := range []struct {
		what       string
		list, have []string
	}{{"service", services, n.services}, {"company", owners, n.owners}, {"kind of services", kinds, n.kinds}} {
		for _, name := range one.list {
			if !slices.Contains(one.have, name) {
				return fmt.Errorf("there is no %s %q%s", one.what, name, didYouMean(name, one.have))
			}
		}
	}
	return nil
}

// checkSilence says what is wrong with the names in a silence.
func (n names) checkSilence(s *alert.Silence) error {
	route := alert.Routes{List: []alert.Route{{Countries: s.Countries, Receivers: []string{""}}}}
	if err := route.Check([]string{""}); err != nil {
		return errors.Unwrap(err) // which route it is does not matter
	}
	return n.check(s.Services, s.Owners, s.Kinds)
}

// checkRoutes says what is wrong with the names in the routes.
func (n names) checkRoutes(routes []routeConfig) error {
	for i := range routes {
		if err := n.check(routes[i].Services, routes[i].Owners, routes[i].Kinds); err != nil {
			return fmt.Errorf("routes: route %d: %w", i+1, err)
		}
	}
	return nil
}
