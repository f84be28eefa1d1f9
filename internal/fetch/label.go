package fetch

import (
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"
)

// Label tells addresses apart where everybody may read it, as in a cursor: it is the host, and where that is not all, a fingerprint of
// the rest, in which a key may stand.
func Label(address *url.URL) string {
	if strings.Trim(address.Path, "/") == "" && address.RawQuery == "" {
		return address.Host
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(address.EscapedPath() + "?" + address.RawQuery)) // it never fails
	return address.Host + "#" + strconv.FormatUint(h.Sum64(), 36)
}
