package fetch

import (
	"errors"
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"
)

// Guard is the Control of a net.Dialer that calls only public addresses and those in allowed, by whatever name they are found: it
// looks at the very address that is about to be called, also after a redirect.
func Guard(allowed []netip.Prefix) func(network, address string, conn syscall.RawConn) error {
	var v4, v6 []netip.Prefix
	for _, prefix := range allowed {
		if prefix.Addr().Is4() {
			v4 = append(v4, prefix)
		} else {
			v6 = append(v6, prefix)
		}
	}
	return ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)).Safe
}

// IsGuarded reports whether an address was not called because of a Guard.
func IsGuarded(err error) bool { return errors.Is(err, ssrf.ErrProhibitedIP) }
