// Package match reads a post as a careful person would and says which services it speaks of, and how: a complaint, a
// question, the news that it is over, the official word, a headline, a joke, or a name dropped beside another's trouble. It
// is pure: no network, no clock; its knowledge is the list of services given to New, the lexicon below, and what was learned from labelled posts,
// which is a part of the program too.
//
//	matcher.go   Matcher, New, Match: the whole of the reading as a list of steps
//	sieve.go          Pass: tells from raw bytes that a post cannot speak of any service
//	sieve_line.go     the strings of a raw line, their escapes undone
//	sieve_keys.go     which keys of the wire formats hold words of people, and which do not
//	sieve_markup.go   the text of HTML
//	sieve_label.go    hashtags and accounts
//	sieve_glance.go   that no name begins at any word of a text, by its bytes as they stand there
//	sieve_wide.go     nor at any letter that is not of ASCII
//	sieve_begin.go    the beginnings of names
//	sieve_stated.go   the languages that a line states
//	sieve_beside.go   whether words of trouble can be said of the names in a text
//	sieve_set.go      sets that tell quickly that a word is none of many
//	sieve_bytes.go    eight bytes at a time
//	hashtag.go   Hashtags: what is a hashtag in a text
//	tagrule.go   the grammar of a complaint in a hashtag: #whatsappdown, #قطعی_واتساپ, #B站崩了#
//	fold.go      one spelling for all spellings: case, width, diacritics, variants of one letter
//	folding.go   a text in its one spelling, and where it came from
//	token.go     words, sentences, addresses and mentions of a folded text
//	automaton.go        finds phrases that start at one position
//	automaton_build.go  makes automata small, however many phrases there are
//	role.go      what a phrase of the lexicon does in a sentence
//	lexicon_file.go  the lists of one language's file
//	lexicon.go   reads and checks lexicon/*.yaml, one file a language
//	pattern.go   reads the patterns of the lexicon
//	spelling.go  the ways in which people spell a phrase, as phrases or written into an automaton
//	catalogue.go the services' names, tags, handles and phrases, made ready for looking up
//	namesake.go  services of several countries whose names begin alike
//	scan.go      finds every phrase of the lexicon in a text
//	names.go     finds every name of a service
//	reading.go   what is understood of one post
//	evidence.go  which words say that something fails, or works again
//	goeson.go    words of trouble that lead on to something else
//	attach.go    which service evidence belongs to
//	trade.go     what one expects of the kinds of services: their parts, and what they are for
//	recognise.go names that are everyday words too, recognised by what stands beside them
//	lack.go      what is lacking ("no Rogers since noon"), and what a service is asked by its account
//	deny.go      posts that answer themselves that nothing fails
//	fit.go       whether a name is close enough to it, and meant as a name
//	aside.go     names that only tell where people are while something else fails
//	also.go      services that fail too
//	branch.go    accounts of desks and branches, made of a name and a country
//	suppose.go   what is only supposed, or a matter of prices
//	settle.go    trouble for which the sentence names no service
//	tongue.go    which languages a post may be written in
//	typo.go      usual misspellings of names, and names cut short in tags
//	weak.go      complaints that tell little of whether others are hit
//	ownline.go   own connections, over which what is sound lags
//	desk.go      customer service, and what is said of it alone
//	elsewhere.go  trouble that is none of the service: its new look, mods, tracks, shares
//	plan.go      what is announced, with the hours from and to which it will be
//	slow.go      trouble that is slowness alone
//	misspelt.go  usual misspellings of words of trouble
//	kind.go      which kind of mention the post makes
//	tone.go      whether whoever says that something fails suffers from it, or makes talk of it
//	bearing.go   how words of trouble stand to the name that they are laid to
//	cue.go       what speaks for a complaint, and against it, beside words of trouble
//	vocabulary.go  which single words are of trouble
//	hint.go      everyday words that may mean a service where nothing else is named
//	guess.go     complaints in words that are not known, and doubts about those that are
//	odds.go      the odds of a complaint, as they were learned
//	wording.go   how a post is worded around a name, as features of the odds
//	phrasing.go  which phrases stand around it, as features of the odds
//	symptom.go   which part is said to fail, as rules tell
//	likeliest.go which part most likely fails, as it was learned
//	learned.go   what was learned, as files of the program
//	detail.go    language, phrase, who is blamed
//	print.go     the fingerprint of a text, the voice of an author
//	explain.go   Explain: what was understood, and why
package match
