package match

// role is what a phrase of the lexicon does in a sentence.
type role uint8

const (
	saysAfter  role = iota // "… is down": after the name
	saysBefore             // "outage at …": before the name
	fault                  // "not working": anywhere in the sentence
	strain                 // "can't send": a fault if the part that it touches follows
	works                  // "works": a complaint where it is asked
	back                   // "is back"
	ask                    // "anyone else"
	between                // may stand between a name and what is said of it
	thing                  // "app", "servers": stands for the service
	partly                 // "not for everyone"
	news                   // "users report"
	joke                   // "everyone running to"
	past                   // "remember when"
	mine                   // "my", "we": somebody tells of what he met with himself
	rumour                 // "fake news": what is said to fail does not
	blame                  // "because of"
	suspect                // "is it": what follows is blamed if nothing else is said of it
	refuge                 // "switching to"
	maybe                  // "if", "isn't down"
	unlike                 // "calm down": looks like trouble and is none
	market                 // "shares"
	ack                    // "we are aware"
	everyday               // "the": what follows is the word and not the service of that name
	part                   // "stories": what fails, once something is said to fail
	either                 // "or" between two names of which one fails
	lack                   // "no": what follows is lacking
	recent                 // "minutes", "this morning": it is not long ago
	plea                   // "fix your network": said to a service of which something fails
	common                 // small words by which a language is told
	goods                  // "parcel", "flight": what fails of it fails on no screen
	screen                 // "website", "password": what fails beside it fails on one
	whole                  // "work", "outage": trouble in whose words it stands is of no part
	reaching               // "connecting": it does not reach its servers, once something is said to fail
	// From here on the words are no sign of their language: see votes.
	using   // "watching": what follows is at work while something else fails
	placing // "on": what follows is where somebody is
	that    // "that": what follows is what was said over the service before it
	choice  // "is it … or": a question where the names of a connection and of what is used over it follow
	also    // "too": what is said of another service is said of the name beside it
	loading // "load": what fails is what there is to see
	blank   // "white screen": there is nothing to see
	stall   // "spins", "stutters": a film that does is what a channel is for
	folk    // "my aunt", "the whole country": who jokes about trouble are about
	turn    // "suddenly", "for the first time": how a joke turns
	cause   // "because": who says why an account is closed knows why
	entry   // "open", "get in": where one has to show who one is, what fails is logging in
	agree   // "same here": what was told happens to whoever says so
	people  // "grandma", "everybody": people to whom something happens in a joke
	culprit // "thought it was my phone but it's": what follows fails in truth
	denial  // "no, works here": the answer to whether something fails
	ownLine // "my wifi is bad": what lags over it may well be sound
	desk    // "customer service": people who help, and what is said of them fails on no screen
	consult // "contacted": the desk that follows was spoken to, and nothing is said of it
	slow    // "sluggish": what is so works, if not well
	fine    // "runs like clockwork": nothing is guessed of what does
	looks   // "the new layout", "change it back": what is said to fail is a matter of taste
	renewed // "the new": so it is beside the name that follows
	addon   // "mod", "shader": what fails of a game then is not the game
	way     // "track", "snow": what fails of a railway then fails on no screen
	trading // "so much", "buy the dip": what is down of a company is its share
	plan    // "will be unavailable": it is announced
	lasting // "still": it is not over
	than    // "more than": what follows is what something else is weighed against
	notYet  // "still not": what follows, that it is back, is not so
	last    // "why", "can't": words of trouble only as the last of what is said
)
