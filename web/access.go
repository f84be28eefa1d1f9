package web

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/outcry/outcry/internal/loopback"
	"github.com/outcry/outcry/internal/secret"
)

// Config is where to listen and who may ask. The zero value listens on DefaultListen, for this machine only.
type Config struct {
	// Listen is host:port. Empty: DefaultListen.
	Listen string `yaml:"listen"`
	// Token, if set, is asked of everybody: as a bearer token, or as the password of HTTP Basic, which browsers ask for.
	Token secret.String `yaml:"token"`
	// AllowPublic lets the server listen beyond loopback without a token. Then everybody may read, and nobody may do anything.
	AllowPublic bool `yaml:"allow_public"`
	// PublicURL is the address under which people reach the dashboard, if it is not Listen: "https://outcry.example.com".
	PublicURL string `yaml:"url"`
}

// DefaultListen is reached from this machine only.
const DefaultListen = "127.0.0.1:8080"

func (c Config) listen() string {
	if c.Listen == "" {
		return DefaultListen
	}
	return c.Listen
}

// Check reports what is wrong with a configuration; nil: nothing.
func (c Config) Check() error {
	host, _, err := net.SplitHostPort(c.listen())
	if err != nil {
		return fmt.Errorf("web.listen %q is not host:port, as in %s: %w", c.Listen, DefaultListen, err)
	}
	if !loopback.Is(host) && !c.Token.IsSet() && !c.AllowPublic {
		return fmt.Errorf("web.listen %q can be reached from other machines; set web.token, "+
			"or web.allow_public to true if everybody may read the dashboard, or listen on %s", c.Listen, DefaultListen)
	}
	if c.PublicURL != "" {
		parsed, err := url.Parse(c.PublicURL)
		if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Host == "" {
			return errors.New("web.url is not an address; write it as https://outcry.example.com")
		}
	}
	return nil
}

// guard answers those who may not ask, and sets the headers that keep browsers from doing more than is meant.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w.Header())
		switch {
		case !s.isOurHost(r.Host):
			s.fail(w, http.StatusMisdirectedRequest, "this server is not known by that host name; set web.url to the address that is used")
		case !s.mayAsk(r) && !isProbe(r.URL.Path) && s.deps.Hooks[r.URL.Path] == nil:
			w.Header().Set("WWW-Authenticate", `Basic realm="outcry", charset="UTF-8"`)
			s.fail(w, http.StatusUnauthorized, "a token is needed: as a bearer token, or as the password with any user name")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isOurHost keeps web pages elsewhere from reading an open dashboard on loopback through a name that they let point to
// it: without a token, a server on loopback answers only to loopback's names and to PublicURL's.
func (s *Server) isOurHost(hostPort string) bool {
	host, _, err := net.SplitHostPort(s.cfg.listen())
	if err != nil || !loopback.Is(host) || s.cfg.Token.IsSet() {
		return true
	}
	asked := (&url.URL{Host: hostPort}).Hostname()
	if loopback.Is(asked) {
		return true
	}
	public, err := url.Parse(s.cfg.PublicURL)
	return err == nil && public.Host != "" && strings.EqualFold(public.Hostname(), asked)
}

// mayAct lets requests through that do something. Where others than this machine may read without a token, nobody may do
// anything; and a browser does nothing because of a page elsewhere that it shows.
func (s *Server) mayAct(next http.Handler) http.Handler {
	host, _, err := net.SplitHostPort(s.cfg.listen())
	open := err == nil && loopback.Is(host) && s.cfg.PublicURL == ""
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !open && !s.cfg.Token.IsSet() {
			s.fail(w, http.StatusForbidden, "everybody may read here, and so nobody may do anything; set web.token")
			return
		}
		next.ServeHTTP(w, r)
	}))
}

// mayAsk reports whether a request brings the token, if one is configured.
func (s *Server) mayAsk(r *http.Request) bool {
	if !s.cfg.Token.IsSet() {
		return true
	}
	if _, password, ok := r.BasicAuth(); ok {
		return s.cfg.Token.Matches(password)
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && s.cfg.Token.Matches(token)
}

// isProbe reports whether a path is for machines that watch over this one and have no token.
func isProbe(path string) bool { return path == "/healthz" || path == "/readyz" }

func setSecurityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "+
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cache-Control", "no-store")
}
