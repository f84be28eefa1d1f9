package rawjson

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Value is the text of one JSON value, without surrounding white space.
type Value []byte

// IsNull reports whether the value is null.
func (v Value) IsNull() bool { return string(v) == "null" }

// IsString reports whether the value is a string.
func (v Value) IsString() bool { return len(v) >= 2 && v[0] == '"' }

// IsObject reports whether the value is an object.
func (v Value) IsObject() bool { return len(v) >= 2 && v[0] == '{' }

// IsArray reports whether the value is an array.
func (v Value) IsArray() bool { return len(v) >= 2 && v[0] == '[' }

// Bytes gives what stands between the quotes of a string, escapes untouched; nil if the value is no string.
func (v Value) Bytes() []byte {
	if !v.IsString() {
		return nil
	}
	return v[1 : len(v)-1]
}

// Text gives the string that the value is; false if it is none.
func (v Value) Text() (string, bool) {
	if !v.IsString() {
		return "", false
	}
	inner := v[1 : len(v)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return string(inner), true
	}
	var s string
	if err := json.Unmarshal(v, &s); err != nil {
		return "", false
	}
	return s, true
}

// SetString sets dst to a string value. It leaves dst alone if the value is null, and reports false if it is something else.
func (v Value) SetString(dst *string) bool {
	if v.IsNull() {
		return true
	}
	s, ok := v.Text()
	if ok {
		*dst = s
	}
	return ok
}

// SetStrings sets dst to an array of strings, with the same rules as SetString.
func (v Value) SetStrings(dst *[]string) bool {
	if v.IsNull() {
		return true
	}
	if !v.IsArray() {
		return false
	}
	var all []string
	for e := range Elements(v) {
		s, ok := e.Text()
		if !ok {
			return false
		}
		all = append(all, s)
	}
	*dst = all
	return true
}

// SetInt sets dst to a whole number, with the same rules as SetString.
func (v Value) SetInt(dst *int) bool {
	if v.IsNull() {
		return true
	}
	n, ok := v.Int()
	if ok {
		*dst = int(n)
	}
	return ok
}

// SetBool sets dst to a truth value, with the same rules as SetString.
func (v Value) SetBool(dst *bool) bool {
	switch string(v) {
	case "true":
		*dst = true
	case "false":
		*dst = false
	case "null":
	default:
		return false
	}
	return true
}

// Int gives the whole number that the value is; false if it is none or does not fit.
func (v Value) Int() (int64, bool) {
	if len(v) == 0 || len(v) > 20 || v[0] == '+' {
		return 0, false
	}
	if n, ok := digits(v); ok {
		return n, true
	}
	n, err := strconv.ParseInt(string(v), 10, 64)
	return n, err == nil
}

// digits reads up to 18 decimal digits, which cannot overflow.
func digits(b []byte) (int64, bool) {
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	var n int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}
