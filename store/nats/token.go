package nats

import (
	"fmt"
	"strings"
)

// token turns any name into a token of a subject, a key or the name of a consumer: small letters, digits and '-' stay,
// every other byte becomes '_' and two hexadecimal digits. Different names give different tokens, also on disks that do
// not tell capitals apart.
func token(name string) string {
	if name == "" {
		return "_"
	}
	if strings.IndexFunc(name, notPlain) < 0 {
		return name
	}
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; notPlain(rune(c)) {
			fmt.Fprintf(&b, "_%02x", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func notPlain(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
		return false
	}
	return true
}
