package match

import "slices"

// Bounds of a name, in bytes, that an account may be made of, before an end that leaves no doubt and before a country's two letters.
const (
	minBranch       = 3
	minBranchAbroad = 5
)

// branchEnds are what stands behind a company's name in the accounts of its desks and of its branches in other countries.
var branchEnds = setOf(
	"support", "supports", "help", "helps", "helpdesk", "helpers", "care", "cares", "service", "services", "cs", "app", "hq", "official", "status", "online",
	"customercare", "customerservice", "listens", "answers", "assist", "assistance", "webcare", "hilft", "kundenservice", "service24", "responde", "ayuda",
	"atencion", "teayuda", "soporte", "oficial", "suporte", "ajuda", "brasil", "assistenza", "ufficiale", "destek", "resmi", "pomaga", "pomoc",
	"indonesia", "india", "mexico", "espana", "spain", "france", "italia", "italy", "deutschland", "germany", "polska", "poland", "turkiye", "turkey", "romania",
	"hungary", "greece", "hellas", "cz", "cesko", "danmark", "denmark", "norge", "norway", "sverige", "sweden", "suomi", "finland", "nederland", "portugal",
	"argentina", "colombia", "chile", "peru", "ukraine", "uae", "ksa", "egypt", "arabia", "japan", "korea", "philippines", "thailand", "vietnam", "malaysia",
	"usa", "canada", "australia", "ireland", "africa", "nigeria", "kenya", "ghana", "latam", "serbia", "srbija", "hrvatska", "slovenija", "bulgaria",
)

// branchLands are the two letters of countries that do the same.
var branchLands = setOf(
	"us", "uk", "gb", "ie", "ca", "au", "nz", "in", "pk", "bd", "lk", "id", "my", "sg", "ph", "th", "vn", "jp", "kr", "tw", "hk", "br", "pt", "es", "mx", "ar",
	"co", "cl", "pe", "fr", "be", "ch", "de", "at", "nl", "it", "pl", "cz", "sk", "hu", "ro", "bg", "gr", "tr", "ua", "ru", "rs", "hr", "si", "se", "no", "dk",
	"fi", "sa", "ae", "eg", "ma", "dz", "tn", "qa", "kw", "il", "za", "ng", "ke", "gh",
)

// branchHeads are what stands before the name.
var branchHeads = setOf("ask", "team", "hey", "contact", "soporte", "ayuda", "help", "helpme", "my")

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// accounts returns the services that a folded handle speaks to: those whose account it is, or, where it is nobody's, the one whose name and a
// desk or a country make it up: @TelenorDK, @AskSpotify. Only the former speak for the service.
func (m *Matcher) accounts(handle []byte) []int32 {
	if list := m.catalogue.handles[string(handle)]; len(list) > 0 {
		return list
	}
	for i := minBranch; i+2 <= len(handle); i++ {
		if end := handle[i:]; branchEnds[string(end)] || i >= minBranchAbroad && branchLands[string(end)] {
			if list := m.branch(handle[:i], branchEnds[string(end)] && i >= minBranchAbroad); list != nil {
				return list
			}
		}
		if branchHeads[string(handle[:i])] {
			if list := m.branch(handle[i:], false); list != nil {
				return list
			}
		}
	}
	return nil
}

// branch returns the one service of a name that is no everyday word, or may be one: nobody but Orange is @OrangeRomania.
func (m *Matcher) branch(name []byte, everyday bool) []int32 {
	list := m.catalogue.words[string(name)]
	if len(name) < minBranch || len(list) != 1 || !everyday && slices.ContainsFunc(list, func(n int32) bool { return m.catalogue.isEveryday(n, name) }) {
		return nil
	}
	return list
}
