package match

import "github.com/outcry/outcry/event"

// tongue is one language's file.
type tongue struct {
	Language string `yaml:"language"`
	// Words are sets of words that patterns name.
	Words map[string][]string `yaml:"words"`
	Tags  struct {
		After      []string `yaml:"after"`
		AfterKnown []string `yaml:"after_known"`
		Coins      []string `yaml:"coins"`
		Before     []string `yaml:"before"`
		Lead       []string `yaml:"lead"`
		Not        []string `yaml:"not"`
	} `yaml:"tags"`
	SaysAfter  []string                   `yaml:"says_after"`
	SaysBefore []string                   `yaml:"says_before"`
	Faults     []string                   `yaml:"faults"`
	Strains    []string                   `yaml:"strains"`
	Works      []string                   `yaml:"works"`
	Contrasts  []string                   `yaml:"contrasts"`
	Either     []string                   `yaml:"either"`
	Symptoms   map[event.Symptom]ailments `yaml:"symptoms"`
	Back       []string                   `yaml:"back"`
	Ask        []string                   `yaml:"ask"`
	Between    []string                   `yaml:"between"`
	Things     []string                   `yaml:"things"`
	Partly     []string                   `yaml:"partly"`
	News       []string                   `yaml:"news"`
	Jokes      []string                   `yaml:"jokes"`
	Past       []string                   `yaml:"past"`
	Mine       []string                   `yaml:"mine"`
	Rumours    []string                   `yaml:"rumours"`
	Blames     []string                   `yaml:"blames"`
	Suspects   []string                   `yaml:"suspects"`
	Refuge     []string                   `yaml:"refuge"`
	Maybe      []string                   `yaml:"maybe"`
	Lacks      []string                   `yaml:"lacks"`
	Recent     []string                   `yaml:"recent"`
	Pleas      []string                   `yaml:"pleas"`
	Unlike     []string                   `yaml:"unlike"`
	Market     []string                   `yaml:"market"`
	Acks       []string                   `yaml:"acks"`
	Everyday   []string                   `yaml:"everyday"`
	Endings    []string                   `yaml:"endings"`
	Common     []string                   `yaml:"common"`
	Goods      []string                   `yaml:"goods"`
	Screens    []string                   `yaml:"screens"`
	Whole      []string                   `yaml:"whole"`
	Links      []string                   `yaml:"links"`
	Misspelt   []string                   `yaml:"misspelt"`
	Homonyms   []string                   `yaml:"homonyms"`
	Namesakes  []string                   `yaml:"namesakes"`
	Lookalikes []string                   `yaml:"lookalikes"`
	Brief      []string                   `yaml:"brief"`
	Via        []string                   `yaml:"via"`
	Uses       []string                   `yaml:"uses"`
	Places     []string                   `yaml:"places"`
	Spots      []string                   `yaml:"spots"`
	Thats      []string                   `yaml:"thats"`
	Choices    []string                   `yaml:"choices"`
	Folks      []string                   `yaml:"folks"`
	Turns      []string                   `yaml:"turns"`
	Opens      []string                   `yaml:"opens"`
	Causes     []string                   `yaml:"causes"`
	Agrees     []string                   `yaml:"agrees"`
	People     []string                   `yaml:"people"`
	Also       []string                   `yaml:"also"`
	Loading    []string                   `yaml:"loading"`
	Stalls     []string                   `yaml:"stalls"`
	Blanks     []string                   `yaml:"blanks"`
	Culprits   []string                   `yaml:"culprits"`
	Denials    []string                   `yaml:"denials"`
	OwnLine    []string                   `yaml:"own_line"`
	Desks      []string                   `yaml:"desks"`
	Consults   []string                   `yaml:"consults"`
	Slow       []string                   `yaml:"slow"`
	Fine       []string                   `yaml:"fine"`
	Looks      []string                   `yaml:"looks"`
	Renewed    []string                   `yaml:"renewed"`
	Addons     []string                   `yaml:"addons"`
	Ways       []string                   `yaml:"ways"`
	Trading    []string                   `yaml:"trading"`
	Plans      []string                   `yaml:"plans"`
	Lasting    []string                   `yaml:"lasting"`
	Thans      []string                   `yaml:"thans"`
	NotYet     []string                   `yaml:"not_yet"`
	Last       []string                   `yaml:"last"`
	// Describes are words in which people describe what happens; they only weigh, see vocabulary.
	Describes []string `yaml:"describes"`
}

// ailments are the words for one symptom.
type ailments struct {
	// Faults say by themselves that this part fails.
	Faults []string `yaml:"faults"`
	// Parts name the part; that it fails is said elsewhere.
	Parts []string `yaml:"parts"`
	// AtBanks name the part where money is kept, and elsewhere what may fail without it: an order, a balance.
	AtBanks []string `yaml:"at_banks"`
}

// group is one list of a language's file.
type group struct {
	role     role
	symptom  int8
	patterns []string
	banked   bool
}

func (t *tongue) groups() []group {
	var gs []group
	for _, list := range []struct {
		role     role
		patterns []string
	}{
		{saysAfter, t.SaysAfter}, {saysBefore, t.SaysBefore}, {fault, t.Faults}, {strain, t.Strains}, {works, t.Works}, {back, t.Back}, {ask, t.Ask},
		{between, t.Between}, {thing, t.Things}, {partly, t.Partly}, {news, t.News}, {joke, t.Jokes}, {past, t.Past}, {mine, t.Mine}, {rumour, t.Rumours},
		{blame, t.Blames}, {suspect, t.Suspects}, {refuge, t.Refuge}, {maybe, t.Maybe}, {unlike, t.Unlike}, {market, t.Market}, {ack, t.Acks},
		{everyday, t.Everyday}, {either, t.Either}, {lack, t.Lacks}, {recent, t.Recent}, {plea, t.Pleas}, {common, t.Common}, {goods, t.Goods},
		{screen, t.Screens}, {whole, t.Whole}, {reaching, t.Links}, {using, t.Uses}, {placing, t.Places}, {that, t.Thats}, {choice, t.Choices},
		{folk, t.Folks}, {turn, t.Turns}, {entry, t.Opens}, {cause, t.Causes}, {agree, t.Agrees}, {people, t.People}, {also, t.Also}, {loading, t.Loading},
		{stall, t.Stalls}, {blank, t.Blanks}, {culprit, t.Culprits}, {denial, t.Denials}, {ownLine, t.OwnLine},
		{desk, t.Desks}, {consult, t.Consults}, {slow, t.Slow}, {fine, t.Fine},
		{looks, t.Looks}, {renewed, t.Renewed}, {addon, t.Addons}, {way, t.Ways}, {trading, t.Trading}, {plan, t.Plans}, {lasting, t.Lasting}, {than, t.Thans}, {notYet, t.NotYet},
		{last, t.Last},
	} {
		gs = append(gs, group{role: list.role, symptom: -1, patterns: list.patterns})
	}
	for i, s := range symptoms {
		words := t.Symptoms[s]
		gs = append(gs, group{role: fault, symptom: int8(i), patterns: words.Faults}, group{role: part, symptom: int8(i), patterns: words.Parts},
			group{role: part, symptom: int8(i), patterns: words.AtBanks, banked: true})
	}
	return gs
}
