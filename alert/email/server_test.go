package email_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// server is an SMTP server that takes mail in, with STARTTLS, TLS from the first byte or none, and a login if it has a
// password. It answers as its script says.
type server struct {
	t        *testing.T
	listener net.Listener
	tls      *tls.Config
	// implicit speaks TLS from the first byte.
	implicit bool
	// login is what PLAIN must say: "\x00user\x00password"; "": no login is wanted.
	login string
	// script answers a verb ("MAIL", "DATA", "." for the end of the mail) in place of the server; "": as usual; hangUp: not at all.
	script func(verb string) string

	mu    sync.Mutex
	mails []string
	rcpts []string
}

// authority is a certificate for 127.0.0.1 with whom vouches for it.
func authority(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates, MinVersion: tls.VersionTLS12}, pool
}

func (s *server) start(t *testing.T) string {
	t.Helper()
	s.t = t
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	var conns sync.WaitGroup
	t.Cleanup(func() {
		_ = s.listener.Close()
		conns.Wait()
	})
	go func() {
		for {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			conns.Go(func() {
				defer func() { _ = conn.Close() }()
				if s.implicit {
					conn = tls.Server(conn, s.tls)
				}
				s.serve(conn)
			})
		}
	}()
	return s.listener.Addr().String()
}

func (s *server) serve(conn net.Conn) {
	r := bufio.NewReader(conn)
	say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
	if s.script != nil && s.script("CONNECT") != "" {
		if answer := s.script("CONNECT"); answer != hangUp {
			say(answer)
		}
		return
	}
	say("220 mail.example ESMTP")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		verb = strings.ToUpper(verb)
		if s.script != nil {
			switch answer := s.script(verb); answer {
			case "":
			case hangUp:
				return
			default:
				say(answer)
				continue
			}
		}
		switch verb {
		case "EHLO":
			say("250-mail.example")
			_, secured := conn.(*tls.Conn)
			if s.tls != nil && !secured {
				say("250-STARTTLS")
			}
			if s.login != "" {
				say("250-AUTH PLAIN")
			}
			say("250 8BITMIME")
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, s.tls)
			r = bufio.NewReader(conn)
		case "AUTH":
			proof, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if string(proof) != s.login {
				say("535 5.7.8 wrong: " + string(proof))
				continue
			}
			say("235 welcome")
		case "RCPT":
			s.mu.Lock()
			s.rcpts = append(s.rcpts, rest)
			s.mu.Unlock()
			say("250 ok")
		case "DATA":
			say("354 go on")
			if !s.take(r, say) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// hangUp in a script ends the connection.
const hangUp = "hang up"

// take reads a mail up to the dot, and reports whether the connection goes on.
func (s *server) take(r *bufio.Reader, say func(string)) bool {
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	if s.script != nil {
		if answer := s.script("."); answer != "" {
			if answer != hangUp {
				say(answer)
			}
			return answer != hangUp
		}
	}
	s.mu.Lock()
	s.mails = append(s.mails, b.String())
	s.mu.Unlock()
	say("250 taken")
	return true
}

func (s *server) got() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.mails...)
}
