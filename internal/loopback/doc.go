// Package loopback tells this machine from others: loopback.go has Is.
package loopback
