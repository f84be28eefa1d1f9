// Package status reads official status pages, so that it is heard when a service owns up to its trouble. Every update of an
// incident is a post by the service's own account, whose words the matcher takes for the official ones.
//
//	source.go       Source: asks all pages again and again, politely
//	config.go       Config, Page, PagesOf
//	page.go         what is remembered of one page; asking it only for what is new
//	statuspage.go   incidents of pages that speak Statuspage's JSON
//	feed.go         incidents of RSS and Atom feeds
//	post.go         an update to posts
package status
