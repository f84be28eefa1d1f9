package detect

import (
	"golang.org/x/text/language"

	"github.com/outcry/outcry/detect/relate"
	"github.com/outcry/outcry/event"
)

// Scope labels by share of the voices whose country is known: one country with regionalShare is regional, and so are several of one part of
// the world with partShare; globalCountries with at least globalShare each are global.
const (
	regionalShare   = 0.6
	partShare       = 0.9
	globalShare     = 0.03
	globalCountries = 4
	scopeVoices     = 3
)

// A share that is less than dominance times the usual one makes nothing regional: a service may always be heard of mostly there. Known is what is usual from
// usualVoices on. Of how voices are usually divided by country the newest countriesKept of a service count, and the newest landsKept of all services
// together as countriesPrior more.
const (
	dominance      = 1.5
	usualVoices    = 50
	countriesKept  = 300
	landsKept      = 3000
	countriesPrior = 10
)

// An outage is partial where partialShare of the voices say so, or where at least pieceShare of those that tell what fails name a piece of
// what their service is for.
const (
	partialShare = 0.25
	pieceShare   = 0.5
)

// scope tells where the voices of the outage come from, and whether everything is hit.
func (o *outage) scope(j *Judge, all *evidence) event.Scope {
	known := relate.Total(all.Tally.Countries)
	s := event.Scope{Label: "unknown", Countries: []event.CountryShare{}, Places: top(all.Tally.Places)}
	usual := o.usualCountries(j, all.Tally.Countries)
	for _, c := range top(all.Tally.Countries) {
		s.Countries = append(s.Countries, event.CountryShare{Code: c, Share: round(all.Tally.Countries[c] / known), Usual: round(usual[c])})
	}
	switch {
	case all.Tally.Partial >= partialShare*all.Voices && all.Tally.Partial > 0, o.talks(j) && isPiece(all.Tally.Symptoms):
		s.Label = "partial"
	case known < scopeVoices:
	case !o.isDomestic(j) && isGlobal(all.Tally.Countries, known, usual):
		s.Label = "global"
	default:
		s.Label = "regional"
	}
	return s
}

// usualCountries are the shares that countries usually have of the voices of those that suffer; none: they are not known.
func (o *outage) usualCountries(j *Judge, countries map[string]float64) map[string]float64 {
	if j.lands.Total < usualVoices {
		return nil
	}
	shares := make(map[string]float64)
	voices := 0.0
	for _, id := range sortedKeys(o.Members) {
		m, s := o.Members[id], j.service(id)
		if !m.suffers() {
			continue
		}
		voices += m.Spoken.Voices
		for c := range countries {
			shares[c] += m.Spoken.Voices * s.Countries.Usual(c, &j.lands, countriesPrior)
		}
	}
	if voices == 0 {
		return nil
	}
	for c := range shares {
		shares[c] /= voices
	}
	return shares
}

// isDomestic reports whether every service that suffers is one of the same country.
func (o *outage) isDomestic(j *Judge) bool {
	home := ""
	for _, id := range sortedKeys(o.Members) {
		country := j.catalogue[id].Country
		if !o.Members[id].suffers() {
			continue
		}
		if country == "" || home != "" && country != home {
			return false
		}
		home = country
	}
	return home != ""
}

// isGlobal reports whether voices come from several countries, and not nearly all from one or from its neighbours unless they usually do.
func isGlobal(countries map[string]float64, known float64, usual map[string]float64) bool {
	wide := 0
	parts, usualParts := make(map[worldPart]float64), make(map[worldPart]float64)
	for _, c := range largest(countries) {
		share := countries[c] / known
		if dominates(share, regionalShare, usual[c]) {
			return false
		}
		if share >= globalShare {
			wide++
		}
		parts[partOf(c)] += share
		usualParts[partOf(c)] += usual[c]
	}
	part := largest(parts)[0]
	return wide >= globalCountries && !dominates(parts[part], partShare, usualParts[part])
}

// dominates reports whether a share is at least so large, and not about what is usual; usual 0: that is not known.
func dominates(share, least, usual float64) bool {
	return share >= least && (usual == 0 || share >= dominance*usual)
}

// worldPart is one of the three parts into which those who stand watch over it cut the world, as the sun goes round.
type worldPart string

const (
	americas worldPart = "AMER"
	europe   worldPart = "EMEA"
	asia     worldPart = "APAC"
)

// partOf is the part of the world, by the United Nations' M49 regions, in which the country of an ISO code lies. Iran, which they count with
// Southern Asia, is with its neighbours of the Middle East.
func partOf(country string) worldPart {
	r, err := language.ParseRegion(country)
	if err != nil {
		return ""
	}
	within := func(area string) bool { return language.MustParseRegion(area).Contains(r) }
	switch {
	case within("019"):
		return americas
	case within("150"), within("002"), within("145"), country == "IR":
		return europe
	}
	return asia
}

// talks reports whether every service that is down is one by which people talk to each other, so that text is what it is for.
func (o *outage) talks(j *Judge) bool {
	for _, id := range sortedKeys(o.Members) {
		kind := j.catalogue[id].Kind
		if o.Members[id].suffers() && kind != "social" && kind != "messaging" {
			return false
		}
	}
	return true
}

// isPiece reports whether most voices that tell what fails speak of pictures, voice messages or calls, where text passes. Where it is video
// above all, that may be what the service is for.
func isPiece(symptoms map[event.Symptom]float64) bool {
	media, video, calls := symptoms[event.Media], symptoms[event.Video], symptoms[event.Calls]
	told := relate.Total(symptoms)
	return told >= scopeVoices && media+video+calls >= pieceShare*told && max(media, calls) > video
}
