package ingest

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/rawjson"
)

var (
	errNotUTF8 = errors.New("not valid UTF-8")
	errNotJSON = errors.New("not valid JSON")
)

// CheckMessage is where every Format's Decode begins: a message that is not UTF-8 or not JSON gives a *Drop.
func CheckMessage(message []byte) error {
	if !utf8.Valid(message) {
		return &Drop{Reason: ReasonEncoding, Err: errNotUTF8}
	}
	if !rawjson.Valid(message) {
		return &Drop{Reason: ReasonSyntax, Err: errNotJSON}
	}
	return nil
}

// CheckPost is where every Format's Decode ends: a post that lacks what a post needs gives a *Drop.
func CheckPost(p *event.Post) error {
	if err := p.Check(); err != nil {
		return &Drop{Reason: DropReason(err), Err: err}
	}
	return nil
}

// Dropf makes a *Drop.
func Dropf(reason, format string, args ...any) error {
	return &Drop{Reason: reason, Err: fmt.Errorf(format, args...)}
}

// Drops lists the single drops behind an error of Decode, which may hold several when a message carries many posts.
func Drops(err error) []error {
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	return []error{err}
}
