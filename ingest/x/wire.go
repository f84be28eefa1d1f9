package x

import "encoding/json"

// page is a message of API 2. Data is one tweet or an array of them.
type page struct {
	Data     json.RawMessage `json:"data"`
	Includes includes        `json:"includes"`
	// Rules are the rules of the filtered stream for which the tweet was sent.
	Rules []struct {
		Tag string `json:"tag"`
	} `json:"matching_rules"`
}

type includes struct {
	Users  []user  `json:"users"`
	Tweets []tweet `json:"tweets"`
	Places []place `json:"places"`
}

type tweet struct {
	ID         string      `json:"id"`
	Text       string      `json:"text"`
	CreatedAt  string      `json:"created_at"`
	AuthorID   string      `json:"author_id"`
	Lang       string      `json:"lang"`
	Entities   entities    `json:"entities"`
	NoteTweet  *note       `json:"note_tweet"`
	Referenced []reference `json:"referenced_tweets"`
	History    []string    `json:"edit_history_tweet_ids"`
	Withheld   *withheld   `json:"withheld"`
	Geo        *geo        `json:"geo"`
	// Author is there only in flattened tweets, which carry what they refer to within themselves.
	Author *user `json:"author"`
	// Count tells tweet counts from tweets.
	Count *int `json:"tweet_count"`
}

// note is the whole of a text that is longer than 280 characters.
type note struct {
	Text     string   `json:"text"`
	Entities entities `json:"entities"`
}

type entities struct {
	Hashtags []struct {
		Tag string `json:"tag"`
	} `json:"hashtags"`
}

// reference has a text and entities only in flattened tweets.
type reference struct {
	Type     string   `json:"type"`
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Entities entities `json:"entities"`
	Note     *note    `json:"note_tweet"`
}

type withheld struct {
	Scope string `json:"scope"`
}

// geo has a country and a name only in flattened tweets.
type geo struct {
	PlaceID     string `json:"place_id"`
	CountryCode string `json:"country_code"`
	FullName    string `json:"full_name"`
}

type user struct {
	ID        string `json:"id"`
	Username  string `json:"username"`
	CreatedAt string `json:"created_at"`
	Location  string `json:"location"`
	Verified  bool   `json:"verified"`
	Metrics   struct {
		Followers int `json:"followers_count"`
	} `json:"public_metrics"`
}

type place struct {
	ID          string `json:"id"`
	FullName    string `json:"full_name"`
	CountryCode string `json:"country_code"`
}
