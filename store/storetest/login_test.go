package storetest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"
	"go.uber.org/zap"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/store/storetest"
)

// login is a nats-server that lets in one client only: how the server is told, the ways in which that client may say who it is,
// and others that are turned away, with what they are told to look at. HOST stands for the server's address.
type login struct {
	name   string
	server []string
	good   []nats.Config
	bad    map[string]denied
}

type denied struct {
	cfg  nats.Config
	want string
}

// TestLogLogsIn lets the log in by every way that a server can ask for, on the oldest and the newest server, and turns away who is
// somebody else or nobody.
func TestLogLogsIn(t *testing.T) {
	t.Parallel()
	for _, version := range []string{storetest.OldestNATS, storetest.NewestNATS} {
		for _, way := range []login{byPassword(), byToken(), byNKey(t), byCreds(t)} {
			t.Run(way.name+" "+version, func(t *testing.T) {
				t.Parallel()
				certs, port := storetest.NewCerts(t), storetest.FreePort(t)
				tls := []string{"--tls", "--tlscert", certs.Cert, "--tlskey", certs.Key, "--tlscacert", certs.CA, "--tlsverify"}
				storetest.StartNATS(t, version, filepath.Join(t.TempDir(), "js"), port, append(tls, way.server...)...)
				at := func(cfg nats.Config) nats.Config {
					cfg.URL = strings.ReplaceAll(cfg.URL, "HOST", storetest.Local(port))
					cfg.CAFile, cfg.CertFile, cfg.KeyFile = certs.CA, certs.Cert, certs.Key
					return cfg
				}
				for _, good := range way.good {
					wantLogin(t, at(good))
				}
				wantLogError(t, at(nats.Config{URL: "tls://HOST"}), "refuses our name or password")
				for name, other := range way.bad {
					t.Run(name, func(t *testing.T) { wantLogError(t, at(other.cfg), other.want) })
				}
			})
		}
	}
}

// wantLogin probes a server, opens a log there and writes to it.
func wantLogin(t *testing.T, cfg nats.Config) {
	t.Helper()
	if _, fresh, err := nats.Probe(t.Context(), cfg, zap.NewNop()); err != nil {
		t.Errorf("Probe() = %t, %v", fresh, err)
	}
	l, err := nats.Open(t.Context(), cfg, zap.NewNop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if url := l.ClientURL(); strings.Contains(url, "s3cret") {
		t.Errorf("the address tells the password: %s", url)
	}
	if err := l.Append(t.Context(), []event.Pack{storetest.NewPack("s", 0, 1)}, nil); err != nil {
		t.Error(err)
	}
	closeLog(t, l)
}

func byPassword() login {
	return login{
		name:   "password",
		server: []string{"--user", "outcry", "--pass", "s3cret"},
		good:   []nats.Config{{URL: "tls://HOST", User: "outcry", Password: secret.New("s3cret")}, {URL: "tls://outcry:s3cret@HOST"}},
		bad: map[string]denied{
			"another password":            {nats.Config{URL: "tls://HOST", User: "outcry", Password: secret.New("n0pe")}, "nats.password"},
			"another one, in the address": {nats.Config{URL: "tls://outcry:n0pe@HOST"}, "nats.password"},
		},
	}
}

func byToken() login {
	return login{
		name:   "token",
		server: []string{"--auth", "s3cret"},
		good:   []nats.Config{{URL: "tls://HOST", Token: secret.New("s3cret")}},
		bad:    map[string]denied{"another token": {nats.Config{URL: "tls://HOST", Token: secret.New("n0pe")}, "nats.token"}},
	}
}

func byNKey(t *testing.T) login {
	t.Helper()
	known, other := newPair(t, nkeys.PrefixByteUser), newPair(t, nkeys.PrefixByteUser)
	conf := written(t, "server.conf", fmt.Sprintf("authorization: {users: [{nkey: %s}]}\n", known.public))
	return login{
		name:   "nkey",
		server: []string{"-c", conf},
		good:   []nats.Config{{URL: "tls://HOST", NKeySeedFile: written(t, "known.nk", known.seed)}},
		bad: map[string]denied{
			"another key": {nats.Config{URL: "tls://HOST", NKeySeedFile: written(t, "other.nk", other.seed)}, "nats.nkey_seed_file"},
			"no seed":     {nats.Config{URL: "tls://HOST", NKeySeedFile: written(t, "text.nk", "hello")}, "nats.nkey_seed_file"},
			"no file":     {nats.Config{URL: "tls://HOST", NKeySeedFile: filepath.Join(t.TempDir(), "none.nk")}, "nats.nkey_seed_file"},
		},
	}
}

// byCreds makes an operator, who vouches for an account, which vouches for a user, as `nsc` does.
func byCreds(t *testing.T) login {
	t.Helper()
	operator, system := newPair(t, nkeys.PrefixByteOperator), newPair(t, nkeys.PrefixByteAccount)
	account, stranger := newPair(t, nkeys.PrefixByteAccount), newPair(t, nkeys.PrefixByteAccount)
	oc := jwt.NewOperatorClaims(operator.public)
	oc.SystemAccount = system.public
	ac := jwt.NewAccountClaims(account.public)
	ac.Limits.JetStreamLimits = jwt.JetStreamLimits{DiskStorage: jwt.NoLimit, MemoryStorage: jwt.NoLimit}
	conf := fmt.Sprintf("operator: %s\nsystem_account: %s\nresolver: MEMORY\nresolver_preload: {%s: %s, %s: %s}\n",
		vouched(t, oc, operator), system.public, system.public, vouched(t, jwt.NewAccountClaims(system.public), operator),
		account.public, vouched(t, ac, operator))
	creds := func(by pair) string {
		user := newPair(t, nkeys.PrefixByteUser)
		text, err := jwt.FormatUserConfig(vouched(t, jwt.NewUserClaims(user.public), by), []byte(user.seed))
		if err != nil {
			t.Fatal(err)
		}
		return written(t, "user.creds", string(text))
	}
	return login{
		name:   "creds",
		server: []string{"-c", written(t, "server.conf", conf)},
		good:   []nats.Config{{URL: "tls://HOST", CredsFile: creds(account)}},
		bad: map[string]denied{
			"another account": {nats.Config{URL: "tls://HOST", CredsFile: creds(stranger)}, "nats.creds_file"},
			"no creds":        {nats.Config{URL: "tls://HOST", CredsFile: written(t, "text.creds", "hello")}, "nats.creds_file"},
			"no file":         {nats.Config{URL: "tls://HOST", CredsFile: filepath.Join(t.TempDir(), "none.creds")}, "nats.creds_file"},
		},
	}
}

// TestLogMindsTLS is about the certificates.
func TestLogMindsTLS(t *testing.T) {
	t.Parallel()
	certs, port := storetest.NewCerts(t), storetest.FreePort(t)
	storetest.StartNATS(t, storetest.NewestNATS, filepath.Join(t.TempDir(), "js"), port,
		"--tls", "--tlscert", certs.Cert, "--tlskey", certs.Key, "--tlscacert", certs.CA, "--tlsverify")
	good := nats.Config{URL: "tls://" + storetest.Local(port), CAFile: certs.CA, CertFile: certs.Cert, KeyFile: certs.Key}
	wantLogin(t, good)
	for name, tc := range map[string]struct {
		spoil func(*nats.Config)
		want  string
	}{
		"unknown authority":     {func(c *nats.Config) { c.CAFile = "" }, "nats.ca_file"},
		"no such file":          {func(c *nats.Config) { c.CAFile = filepath.Join(t.TempDir(), "none.pem") }, "none.pem"},
		"no certificate":        {func(c *nats.Config) { c.CertFile, c.KeyFile = "", "" }, "nats.cert_file"},
		"a certificate, no key": {func(c *nats.Config) { c.KeyFile = "" }, "nats.key_file"},
		"a key that is no key":  {func(c *nats.Config) { c.KeyFile = certs.CA }, "nats.key_file"},
	} {
		cfg := good
		tc.spoil(&cfg)
		t.Run(name, func(t *testing.T) { wantLogError(t, cfg, tc.want) })
	}
}

// TestLogBeginsWithTLS is about servers that say nothing before the handshake.
func TestLogBeginsWithTLS(t *testing.T) {
	t.Parallel()
	certs := storetest.NewCerts(t)
	conf := written(t, "server.conf", fmt.Sprintf("tls: {cert_file: %q, key_file: %q, handshake_first: true}\n", certs.Cert, certs.Key))
	for _, version := range []string{storetest.OldestNATS, storetest.NewestNATS} {
		port := storetest.FreePort(t)
		storetest.StartNATS(t, version, filepath.Join(t.TempDir(), "js"), port, "-c", conf)
		wantLogin(t, nats.Config{URL: "tls://" + storetest.Local(port), CAFile: certs.CA, TLSFirst: true})
		wantLogError(t, nats.Config{URL: "tls://" + storetest.Local(port), CAFile: certs.CA}, "nats.tls_first")
	}
}

// pair is a key that signs, by its seed, and the name under which others know it.
type pair struct {
	nkeys.KeyPair
	seed, public string
}

func newPair(t *testing.T, kind nkeys.PrefixByte) pair {
	t.Helper()
	kp, err := nkeys.CreatePair(kind)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := kp.Seed()
	if err != nil {
		t.Fatal(err)
	}
	public, err := kp.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return pair{kp, string(seed), public}
}

func vouched(t *testing.T, claims jwt.Claims, by pair) string {
	t.Helper()
	token, err := claims.Encode(by)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
