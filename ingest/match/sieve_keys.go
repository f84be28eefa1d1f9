package match

import (
	"bytes"
	"strings"
	"sync"
)

// meant is what a JSON key says of its value.
type meant uint8

const (
	anything meant = iota // words, a tag, an account, or something unknown: to be looked at
	metadata              // ids, times, addresses, descriptions: nothing that a mention is made of
	identity              // an account, which may be a service's
	number                // an account by its number or key
	label                 // a tag
	home                  // an account's name, without its server if it is the server's own
	content               // words, or HTML
	warning               // a content warning
	topics                // the services that a feed or a rule was made for
	payload               // JSON within a string
	language              // the languages that a post is said to be in
	answered              // the posts that it answers
	odd                   // not a key that a wire format has
)

// meanings are the keys of the wire formats. A key that is not known means that its value is looked at. Decoders that care
// nothing for case, or that undo escapes in keys, get no value past the sieve so.
var meanings = map[meant]string{
	anything: `text record commit parent root facets features index tags embed external images
		image ref aspectRatio subject data includes entities hashtags user users account full_text name`,
	number:   "did author_id id_str pubkey",
	identity: "author author_handle screen_name username",
	label:    "tag",
	home:     "acct",
	content:  "content",
	warning:  "spoiler_text",
	topics:   "services matching_rules",
	payload:  "payload",
	language: "langs lang language",
	answered: "reply",
	metadata: `$type uri cid rev operation collection rkey createdAt kind status $link mimeType
		alt title description indexedAt time sig
		id created_at source url expanded_url display_url media_url media_url_https location
		profile_image_url profile_image_url_https profile_banner_url profile_background_image_url translator_type
		profile_background_image_url_https profile_background_color profile_link_color profile_text_color
		profile_sidebar_border_color profile_sidebar_fill_color filter_level timestamp_ms in_reply_to_screen_name
		in_reply_to_status_id_str in_reply_to_user_id_str quoted_status_id_str place_type country country_code
		full_name conversation_id in_reply_to_user_id edit_history_tweet_ids media_key media_keys unwound_url
		repost_of reply_to quote_of place author_created_at
		visibility in_reply_to_id in_reply_to_account_id avatar avatar_static header
		header_static display_name note preview_url remote_url static_url blurhash edited_at last_status_at`,
}

// keys looks up what keys mean.
type keys [keySlots]struct {
	head uint64
	key  string
	what meant
}

// keySlots is a power of two, several times as many as there are keys.
const keySlots = 1 << 10

// theKeys is computed once.
var theKeys = sync.OnceValue(func() *keys {
	var t keys
	for what, list := range meanings {
		for _, key := range strings.Fields(list) {
			first := load([]byte(key), 0)
			i := slotOf(first, len(key))
			for t[i].key != "" {
				i = (i + 1) % keySlots
			}
			t[i].head, t[i].key, t[i].what = first, key, what
		}
	}
	return &t
})

// slotOf is the place at which a key of n bytes is sought first.
func slotOf(head uint64, n int) uint64 { return (head + uint64(n)) * mixer >> (64 - 10) }

// meaning tells what a key, of which the first eight bytes are also in first, says of its value.
func (t *keys) meaning(first uint64, key []byte) meant {
	n := len(key)
	if n < wordLen {
		first = cut(first, n)
	}
	for i := slotOf(first, n); t[i].key != ""; i = (i + 1) % keySlots {
		if t[i].head == first && len(t[i].key) == n && (n <= wordLen || t[i].key == string(key)) {
			return t[i].what
		}
	}
	return unusual(key)
}

// unusual tells what a key means that is not known as it is spelt.
func unusual(key []byte) meant {
	for _, c := range key {
		if c == '\\' || c >= 0x80 {
			return odd
		}
	}
	for _, known := range spellable {
		if len(key) == len(known.key) && bytes.EqualFold(key, []byte(known.key)) {
			return known.what
		}
	}
	return anything
}

// spellable are the keys whose values need more than a look, for decoders that care nothing for case.
var spellable = []struct {
	key  string
	what meant
}{{"author_id", number}, {"id_str", number}, {"screen_name", identity}, {"username", identity}, {"acct", home}, {"content", content}, {"spoiler_text", warning}, {"matching_rules", topics},
	{"langs", language}, {"lang", language}, {"language", language}}
