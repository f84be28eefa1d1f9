// Package relate decides which services belong to one outage and what part each plays in it. It is pure, and it never
// invents a cause: a shared one is named only where an owner, the posts themselves or a burst among several dependents speak for it.
//
//	relate.go   Place: to which outage a service that became loud belongs, and in which role
//	cause.go    CauseOf: what the services of an outage have in common
package relate
