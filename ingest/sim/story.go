package sim

import (
	"time"

	"github.com/outcry/outcry/event"
)

// story is what happens in a scenario besides usual talk.
type story struct {
	networks []network
	outages  []outage
	crowds   []crowd
	// quiet are scripted posts that belong to no outage.
	quiet []word
	// services are those that usual talk speaks of, besides the ones of the outages and crowds; nil: the common ones.
	services []string
	// unheard are services that nobody speaks of on a usual day.
	unheard map[string]bool
	// calm is the number of posts a minute that say nothing of any service.
	calm float64
	// louder multiplies usual talk and small trouble.
	louder float64
	// config are services to be configured besides the catalogue.
	config []event.Service
}

// outage is one fault with everybody who speaks of it.
type outage struct {
	name, scope string
	waves       []wave
	strands     []strand
	from        []origin
	symptoms    []symptomShare
	words       []word
	// partial is the share of complaints that say that not everybody or not everything is hit.
	partial float64
}

// wave is one rise and fall. Times are offsets from the scenario's start.
type wave struct {
	onset, peak, end time.Duration
	// ease is when most have the service back; 0: at end.
	ease time.Duration
	// level multiplies the heights of the strands; 0 stands for 1.
	level float64
}

// strand is the part of one service.
type strand struct {
	service string
	role    event.Role
	// height is complaints a minute at the peak, or posts a minute for roles that are no outages.
	height float64
	// lag is how much later than the outage it begins.
	lag time.Duration
	// of is the service that is really at fault, for a dependent, or the one that failed, for the other roles.
	of string
	// optional: so quiet that nobody need find it.
	optional bool
	// symptoms override the outage's.
	symptoms []symptomShare
	// sections, if any, are the only ones of which complaints are made.
	sections []string
}

// origin is a country from which voices come, with its share and how much later it begins there.
type origin struct {
	code  string
	share float64
	lag   time.Duration
}

// symptomShare is how often a symptom is named.
type symptomShare struct {
	symptom event.Symptom
	share   float64
}

// word is one scripted post: the official word, a famous post, a headline.
type word struct {
	at      time.Duration
	service string // whose account speaks; "": a bystander with many followers
	handle  string // "": the service's own
	lang    string
	text    string
	// ack marks the first admission of trouble.
	ack bool
	// reposts is how many pass it on within the following hour.
	reposts int
}

// crowd is many posts at a time that are no complaints of an outage.
type crowd struct {
	name string
	// from is when it begins, rise how long it takes to full height, hold how long it stays, fade the time constant of its end.
	from, rise, hold, fade time.Duration
	// height is posts a minute at the full.
	height   float64
	service  string
	other    string
	choruses []chorus
	// passing is the share of posts that pass one of the crowd's posts on.
	passing float64
	// fresh: the accounts were made within the last days. same: texts are copies with a slip here and there.
	fresh, same bool
	// alone: one account says it all.
	alone bool
	// tagged is the share of posts with an outage hashtag of the service.
	tagged float64
	// link is the share of posts that end in a link.
	link float64
}

// chorus is what one country says in a crowd.
type chorus struct {
	code  string
	share float64
	// section is the section of the phrase files; texts, if any, replace it.
	section string
	texts   []string
}

func one(onset, peak, end time.Duration) []wave { return []wave{{onset: onset, peak: peak, end: end}} }

func hm(hours, minutes int) time.Duration {
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
}

// only is one country alone.
func only(code string) []origin { return []origin{{code: code, share: 1}} }

// sameEverywhere makes origins of equal shares.
func sameEverywhere(codes ...string) []origin {
	from := make([]origin, len(codes))
	for i, c := range codes {
		from[i] = origin{code: c, share: 1 / float64(len(codes))}
	}
	return from
}

// felt makes symptoms of falling shares: each is named half as often as the one before it.
func felt(symptoms ...event.Symptom) []symptomShare {
	list := make([]symptomShare, len(symptoms))
	share := 1.0
	for i, s := range symptoms {
		list[i] = symptomShare{s, share}
		share /= 2
	}
	return list
}
