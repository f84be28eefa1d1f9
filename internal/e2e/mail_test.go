package e2e_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// keyPair writes a key and a certificate for this machine, which vouches for itself, and gives the paths.
func keyPair(t testing.TB) (key, cert string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	public, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return writeFile(t, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))),
		writeFile(t, "cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: public})))
}

// mailed is a line of mail.mjs.
type mailed struct {
	Port                                        int
	Secure                                      bool
	User, From, Subject, ID, Thread, Text, HTML string
	To                                          []string
}

// TestARealMailServer sends the test of a notifier through the mail server of another maker, over STARTTLS and with a login, and
// has the mails read by a parser of another maker.
func TestARealMailServer(t *testing.T) {
	t.Parallel()
	key, cert := keyPair(t)
	server := node(t, "mail.mjs", key, cert, "anna", "p@ss-5ecre7")
	await(t, "the server's port", server.said, func() bool { return len(server.lines()) > 0 })
	port := mails(t, server)[0].Port
	config := func(user, to string) string {
		return writeFile(t, "outcry.yaml", fmt.Sprintf(
			"notifiers: [{type: email, name: post, url: 'smtp://%s@127.0.0.1:%d', sender: 'outcry <outcry@example.com>', to: [%s], language: it}]\n", user, port, to))
	}
	send := func(config, trusted string) (code int, said string) {
		p := start(t, filepath.Dir(config), []string{"SSL_CERT_FILE=" + trusted}, program, "notify", "test", "post", "--config", config)
		return p.wait(), p.said()
	}
	right := config("anna:p%40ss-5ecre7", "boris@example.com, carla@example.com")
	if code, said := send(right, cert); code != 0 {
		t.Fatalf("notify test ended with %d; %s", code, said)
	}
	got := mails(t, server)[1:]
	if len(got) != 2 || got[0].Thread == "" || got[0].Thread != got[1].Thread || got[0].ID == got[1].ID {
		t.Fatalf("the mails are %+v, want the beginning and the end in one thread", got)
	}
	for i, subject := range []string{"TEST, nothing is wrong: Example non funziona", "TEST, nothing is wrong: Example funziona di nuovo dopo 4 min"} {
		m := got[i]
		if !m.Secure || m.User != "anna" || !slices.Equal(m.To, []string{"boris@example.com", "carla@example.com"}) || !strings.Contains(m.From, "outcry@example.com") {
			t.Errorf("mail %d came as %+v", i, m)
		}
		if !strings.Contains(m.Subject, subject) || !strings.Contains(m.Text, subject) || !strings.Contains(m.HTML, subject) || !strings.Contains(m.Text, "Gravità: lieve") {
			t.Errorf("mail %d is not about %q, or not in all parts: %+v", i, subject, m)
		}
	}
	for _, wrong := range []struct{ name, config, trusted, want string }{
		{"a wrong password", config("anna:5ecre7", "boris@example.com"), cert, "does not accept the user and the password"},
		{"nobody of that name", config("anna:p%40ss-5ecre7", "nobody@example.com"), cert, "does not take a recipient; check the addresses in to"},
		{"a certificate of nobody", right, "/dev/null", "authority that is not trusted here"},
	} {
		code, said := send(wrong.config, wrong.trusted)
		if code != 1 || !strings.Contains(said, wrong.want) || strings.Contains(said, "5ecre7") {
			t.Errorf("%s: notify test ended with %d; %s; want it to say %q, and no secret", wrong.name, code, said, wrong.want)
		}
	}
	if n := len(mails(t, server)); n != 3 {
		t.Errorf("%d mails came, want two", n-1)
	}
}

// mails are the lines that mail.mjs printed.
func mails(t testing.TB, p *process) []mailed {
	t.Helper()
	var out []mailed
	for _, line := range p.lines() {
		var m mailed
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		out = append(out, m)
	}
	return out
}

// TestNoProxyIsUsed: a proxy would get round the check of the address that is called.
func TestNoProxyIsUsed(t *testing.T) {
	t.Parallel()
	proxy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = proxy.Close() }() // nobody may have come
	called := make(chan struct{}, 10)
	go func() {
		for {
			conn, err := proxy.Accept()
			if err != nil {
				return
			}
			_ = conn.Close() // whoever comes has failed the test
			called <- struct{}{}
		}
	}()
	address := "http://" + proxy.Addr().String()
	env := []string{"HTTP_PROXY=" + address, "HTTPS_PROXY=" + address, "ALL_PROXY=" + address, "http_proxy=" + address, "https_proxy=" + address, "NO_PROXY="}
	config := writeFile(t, "outcry.yaml", `notifiers:
  - {type: webhook, name: plain, url: "http://receiver.invalid/"}
  - {type: webhook, name: secured, url: "https://receiver.invalid/"}
  - {type: slack, name: bot, token: xoxb-1, channel: C1, url: "https://receiver.invalid/"}
`)
	p := start(t, filepath.Dir(config), env, program, "notify", "test", "plain", "secured", "bot", "--config", config)
	if code := p.wait(); code != 1 || strings.Count(p.said(), "cannot be found") != 3 || len(called) > 0 {
		t.Errorf("notify test ended with %d and called the proxy %d times; %s", code, len(called), p.said())
	}
}
