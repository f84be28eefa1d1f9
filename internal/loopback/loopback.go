package loopback

import (
	"net"
	"strings"
)

// Is reports whether only this machine can reach a host, given by name or address. The empty host is every interface.
func Is(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
