package x

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/outcry/outcry/internal/fetch"
	"github.com/outcry/outcry/internal/secret"
)

// Paths of API 2.
const (
	streamPath = "/2/tweets/search/stream"
	rulesPath  = "/2/tweets/search/stream/rules"
	countsPath = "/2/tweets/counts/recent"
)

// Bounds of what is asked for and read at once.
const (
	rulesPerCall = 100
	maxRulePages = 100
	rulesLimit   = 8 << 20
	countsLimit  = 1 << 20
)

// api is X's API 2, one method a call.
type api struct {
	base   string
	token  secret.String
	client *http.Client
}

// request makes a request; body nil: none.
func (a *api) request(ctx context.Context, method, path string, query url.Values, body []byte) (*http.Request, error) {
	address := a.base + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, secret.CleanError(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Authorization", "Bearer "+a.token.Reveal())
	return r, nil
}

// call makes a request and reads its answer into into.
func (a *api) call(ctx context.Context, method, path string, query url.Values, body []byte, limit int64, into any) error {
	r, err := a.request(ctx, method, path, query, body)
	if err != nil {
		return err
	}
	reply, err := fetch.Do(ctx, a.client, r, limit)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(reply.Body, into); err != nil {
		return fmt.Errorf("what %s answers to %s cannot be read: %w", r.URL.Host, path, err)
	}
	return nil
}

// rules asks for all rules of the account, ours and others.
func (a *api) rules(ctx context.Context) ([]Rule, error) {
	var all []Rule
	query := url.Values{}
	for range maxRulePages {
		var page struct {
			Data []Rule `json:"data"`
			Meta struct {
				Next string `json:"next_token"`
			} `json:"meta"`
		}
		if err := a.call(ctx, http.MethodGet, rulesPath, query, nil, rulesLimit, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Data...)
		if page.Meta.Next == "" {
			break
		}
		query.Set("pagination_token", page.Meta.Next)
	}
	return all, nil
}

// change removes rules and then adds others. dry: X only says what it would do.
func (a *api) change(ctx context.Context, add []Rule, remove []string, dry bool) error {
	query := url.Values{}
	if dry {
		query.Set("dry_run", "true")
	}
	for len(remove) > 0 {
		n := min(len(remove), rulesPerCall)
		err := a.post(ctx, query, map[string]any{"delete": map[string]any{"ids": remove[:n]}})
		if err != nil {
			return err
		}
		remove = remove[n:]
	}
	for len(add) > 0 {
		n := min(len(add), rulesPerCall)
		if err := a.post(ctx, query, map[string]any{"add": add[:n]}); err != nil {
			return err
		}
		add = add[n:]
	}
	return nil
}

func (a *api) post(ctx context.Context, query url.Values, change any) error {
	body, err := json.Marshal(change)
	if err != nil {
		return fmt.Errorf("encode rules: %w", err)
	}
	var answer ruleAnswer
	if err := a.call(ctx, http.MethodPost, rulesPath, query, body, rulesLimit, &answer); err != nil {
		return err
	}
	return answer.err()
}

// ruleAnswer is what X says to a change of rules.
type ruleAnswer struct {
	Errors []struct {
		Title   string   `json:"title"`
		Value   string   `json:"value"`
		Details []string `json:"details"`
	} `json:"errors"`
}

// err gives the first complaint. A rule that is there already is none.
func (a *ruleAnswer) err() error {
	for _, e := range a.Errors {
		if e.Title != "DuplicateRule" {
			return fmt.Errorf("x refuses a rule: %s %s: %.100s", e.Title, strings.Join(e.Details, "; "), e.Value)
		}
	}
	return nil
}

// open begins the stream. The caller closes the body.
func (a *api) open(ctx context.Context, backfill int) (*http.Response, error) {
	query := url.Values{
		// Expanding authors or referenced posts would be billed.
		"tweet.fields": {"created_at,lang,author_id,entities,geo,referenced_tweets,edit_history_tweet_ids,note_tweet,withheld"},
		"expansions":   {"geo.place_id"},
		"place.fields": {"country_code,full_name"},
	}
	if backfill > 0 {
		query.Set("backfill_minutes", strconv.Itoa(backfill))
	}
	r, err := a.request(ctx, http.MethodGet, streamPath, query, nil)
	if err != nil {
		return nil, err
	}
	return fetch.Open(a.client, r)
}

// counts asks how many posts a query found in every whole minute since a time, oldest first.
func (a *api) counts(ctx context.Context, q string, since time.Time) ([]int, error) {
	query := url.Values{"query": {q}, "granularity": {"minute"}, "start_time": {since.UTC().Format(time.RFC3339)}}
	r, err := a.request(ctx, http.MethodGet, countsPath, query, nil)
	if err != nil {
		return nil, err
	}
	reply, err := fetch.Do(ctx, a.client, r, countsLimit)
	if err != nil {
		return nil, err
	}
	return parseCounts(reply.Body)
}
