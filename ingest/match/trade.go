package match

import "github.com/outcry/outcry/event"

// trade is what one expects of the services of a kind.
type trade struct {
	// own are the parts whose names beside a name that is an everyday word too show that the service is meant ("Rogers internet").
	own parts
	// has are all the parts that it has: "the Wi-Fi is fine" says nothing of the connection of a bank.
	has parts
	// main is what fails where the words speak of a part and do not say of which: "three red lights on the box".
	main parts
	// loads is what does not load where the words do not say of which part.
	loads parts
	// opens is what fails where one does not get in.
	opens parts
	// network is a connection: whatever is used over it fails with it.
	network bool
	// lifeline is what nobody does without of their own will: a connection, a bank.
	lifeline bool
	// purse is what one pays with: who tells of it stands at a till.
	purse bool
	// physical is a business with vehicles, shops or goods.
	physical bool
	// modded says that people add things of their own to it.
	modded bool
	// pleaded says that what its account is asked to explain or to mend is most likely something on screens.
	pleaded bool
}

// keepsMoney reports whether what one has at the service is money.
func (t *trade) keepsMoney() bool { return t.own&partsOf(event.Account) != 0 }

// parts is a set of symptoms, as bits of their places in symptoms.
type parts uint16

// every holds all symptoms.
const every = ^parts(0)

// have reports whether the symptom of a place is among p.
func (p parts) have(symptom int8) bool { return p&(1<<uint(symptom)) != 0 }

func partsOf(list ...event.Symptom) parts {
	set := parts(0)
	for i, part := range symptoms {
		for _, one := range list {
			if one == part {
				set |= 1 << uint(i)
			}
		}
	}
	return set
}

// tradeOf returns what one expects of a kind of services; of one that is not known, anything may fail.
func tradeOf(kind string) trade {
	t := trade{has: every, pleaded: true}
	may := func(list ...event.Symptom) {
		t.has = t.own | t.main | partsOf(event.Login, event.Crash, event.Account) | partsOf(list...)
	}
	switch kind {
	case "carrier", "isp":
		t.network, t.lifeline = true, true
		t.own = partsOf(event.Connection, event.Calls)
		t.main = partsOf(event.Connection)
		may(event.Video)
		if kind == "carrier" {
			t.own |= partsOf(event.Messages)
		}
	case "bank", "payment":
		t.lifeline = true
		t.own = partsOf(event.Payments, event.Login, event.Account)
		t.opens = partsOf(event.Login)
		if kind == "payment" {
			t.main = partsOf(event.Payments)
			t.purse = true
		}
		may()
	case "government":
		t.main, t.opens = partsOf(event.Login), partsOf(event.Login)
		may(event.Payments)
	case "email":
		t.main = partsOf(event.Messages)
		may(event.Media)
	case "messaging":
		may(event.Messages, event.Media, event.Calls, event.Feed)
	case "social":
		t.loads = partsOf(event.Feed)
		may(event.Feed, event.Messages, event.Media, event.Video, event.Calls)
	case "video":
		t.own = partsOf(event.Video, event.Login)
		t.main, t.loads = partsOf(event.Video), partsOf(event.Video)
		may(event.Feed, event.Messages, event.Payments)
	case "music":
		t.own = partsOf(event.Media, event.Login)
		t.main = partsOf(event.Media)
		may(event.Payments)
	case "game":
		t.modded = true
		t.own = partsOf(event.Login)
		may(event.Connection, event.Payments, event.Calls, event.Messages)
	case "work":
		may(event.Calls, event.Messages, event.Media, event.Video)
	case "shop":
		t.physical = true
		t.own = partsOf(event.Login, event.Feed, event.Messages, event.Media)
		may(event.Payments)
	case "food", "travel":
		t.physical = true
		t.own = partsOf(event.Login)
		may(event.Payments, event.Messages)
	case "airline", "transport":
		t.physical = true
		may(event.Payments)
	case "search", "maps":
		may()
	case "ai", "cloud", "developer":
		may(event.Media, event.Payments)
	}
	if t.network {
		t.has &^= partsOf(event.Crash) // What drops is the connection.
	}
	t.pleaded = !t.physical && kind != "phone" && kind != "home"
	return t
}
