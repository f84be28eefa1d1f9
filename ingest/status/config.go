package status

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/preset"
)

// Network is the source that posts of status pages carry.
const Network = "status"

// Limits that hold where Config says nothing.
const (
	DefaultInterval = time.Minute
	// DefaultParallel is how many pages are asked at once.
	DefaultParallel = 4
)

// Page is an official page.
type Page struct {
	// URL is the page's address, or that of its feed. Of a bare host, Statuspage's summary is asked for.
	URL string
	// Services are those that the page speaks for. Each needs a handle, by which its word is known for the official one.
	Services []event.Service
}

// Config says which pages to read.
type Config struct {
	// Name is the source's name; empty: "status".
	Name string
	// Pages are asked. At least one.
	Pages []Page
	// Interval is how often a page is asked, give or take a tenth. 0: DefaultInterval.
	Interval time.Duration
	// Parallel is how many pages are asked at once. 0: DefaultParallel.
	Parallel int
	// AllowPrivate lists networks in which pages may lie although they are not public.
	AllowPrivate []netip.Prefix
	// Now is the wall clock; nil: time.Now.
	Now func() time.Time
	// Log is told of pages that cannot be read; nil: nobody is.
	Log *zap.Logger
}

func (c *Config) setDefaults() {
	if c.Name == "" {
		c.Name = Network
	}
	preset.Positive(&c.Interval, DefaultInterval)
	preset.Positive(&c.Parallel, DefaultParallel)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
}

func (c *Config) check() error {
	if len(c.Pages) == 0 {
		return errors.New("status has no page to read; name services with a status_page")
	}
	for i := range c.Pages {
		if err := c.Pages[i].check(); err != nil {
			return fmt.Errorf("status: page %d: %w", i+1, err)
		}
	}
	return nil
}

func (p *Page) check() error {
	at, ok := address(p.URL)
	switch {
	case !ok:
		return errors.New("an address is needed, such as https://status.example.com")
	case len(p.Services) == 0:
		return fmt.Errorf("%s speaks for no service", at.Host)
	}
	for i := range p.Services {
		if s := &p.Services[i]; len(s.Handles) == 0 {
			return fmt.Errorf("%s: service %s has no handle by which its word would be known for official; give it handles", at.Host, s.ID)
		}
	}
	return nil
}

// address gives what to ask for; not ok: the page has no address.
func address(page string) (at *url.URL, ok bool) {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return nil, false
	}
	if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		u.Path = path.Join("/", summaryPath)
	}
	return u, true
}

// PagesOf gives the pages of the services that have one and a handle; services that share a page share an entry.
func PagesOf(services []event.Service) []Page {
	var pages []Page
	at := make(map[string]int)
	for i := range services {
		s := &services[i]
		if s.StatusPage == "" || len(s.Handles) == 0 {
			continue
		}
		n, ok := at[s.StatusPage]
		if !ok {
			n = len(pages)
			at[s.StatusPage] = n
			pages = append(pages, Page{URL: s.StatusPage})
		}
		pages[n].Services = append(pages[n].Services, *s)
	}
	return pages
}
