package storetest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/store/redis"
	"github.com/outcry/outcry/store/storetest"
)

func redisURL(format string, args ...any) secret.URL {
	return secret.NewURL(fmt.Sprintf(format, args...))
}

func TestViewRedis(t *testing.T) {
	t.Parallel()
	port := storetest.FreePort(t)
	storetest.StartRedis(t, t.TempDir(), port)
	url := redisURL("redis://%s/3", storetest.Local(port))
	storetest.ExamView(t, storetest.ViewServer{
		Open:  func(t *testing.T) storetest.View { return openView(t, redis.Config{URL: url}) },
		Flush: func(t *testing.T) { flush(t, bare(t, url.Reveal())) },
	})
}

// guarded are arguments of a server that speaks TLS only, asks for a certificate and lets two users in: outcry, with the rights
// that the error for a missing right names, which so must be enough, and admin, who may do everything.
func guarded(t *testing.T, certs storetest.Certs, port int) []string {
	t.Helper()
	acl := filepath.Join(t.TempDir(), "users.acl")
	users := "user default off\nuser outcry on >s3cret resetkeys ~outcry:* resetchannels -@all +@read +@write +@scripting +@connection +cluster\nuser admin on >root ~* &* +@all\n"
	if err := os.WriteFile(acl, []byte(users), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{
		"--port", "0", "--tls-port", strconv.Itoa(port), "--tls-cert-file", certs.Cert, "--tls-key-file", certs.Key,
		"--tls-ca-cert-file", certs.CA, "--aclfile", acl, "--tls-replication", "yes", "--tls-cluster", "yes",
		"--masteruser", "admin", "--masterauth", "root", "--repl-diskless-sync-delay", "0",
	}
}

// admin are the arguments with which redis-cli reaches such a server.
func admin(certs storetest.Certs) []string {
	return []string{"--tls", "--cacert", certs.CA, "--cert", certs.Cert, "--key", certs.Key, "--user", "admin", "--pass", "root", "--no-auth-warning"}
}

func TestViewRedisWithUserAndTLS(t *testing.T) {
	t.Parallel()
	certs, port, dir := storetest.NewCerts(t), storetest.FreePort(t), t.TempDir()
	storetest.StartRedis(t, dir, port, guarded(t, certs, port)...)
	addr := storetest.Local(port)
	cfg := redis.Config{URL: redisURL("rediss://outcry:s3cret@%s", addr), CAFile: certs.CA, CertFile: certs.Cert, KeyFile: certs.Key}
	t.Run("exam", func(t *testing.T) {
		storetest.ExamView(t, storetest.ViewServer{Open: func(t *testing.T) storetest.View { return openView(t, cfg) }})
	})
	for name, tc := range map[string]struct {
		cfg  redis.Config
		want string
	}{
		"wrong password":    {redis.Config{URL: redisURL("rediss://outcry:n0pe@%s", addr), CAFile: certs.CA, CertFile: certs.Cert, KeyFile: certs.Key}, "OUTCRY_REDIS_PASSWORD"},
		"no password":       {redis.Config{URL: redisURL("rediss://%s", addr), CAFile: certs.CA, CertFile: certs.Cert, KeyFile: certs.Key}, "OUTCRY_REDIS_PASSWORD"},
		"unknown authority": {redis.Config{URL: redisURL("rediss://outcry:s3cret@%s", addr), CertFile: certs.Cert, KeyFile: certs.Key}, "redis.ca_file"},
		"no TLS here":       {redis.Config{URL: redisURL("redis://outcry:s3cret@%s", addr)}, "has TLS"},
		"no such file":      {redis.Config{URL: redisURL("rediss://outcry:s3cret@%s", addr), CAFile: filepath.Join(dir, "none.pem")}, "redis.ca_file"},
		"password apart": {redis.Config{Addrs: []string{addr}, User: "outcry", Password: secret.New("n0pe"), CAFile: certs.CA, CertFile: certs.Cert, KeyFile: certs.Key},
			"OUTCRY_REDIS_PASSWORD"},
	} {
		t.Run(name, func(t *testing.T) { wantOpenError(t, tc.cfg, tc.want) })
	}
}

func wantOpenError(t *testing.T, cfg redis.Config, want string) {
	t.Helper()
	_, err := redis.Open(t.Context(), cfg, zap.NewNop())
	if err == nil {
		t.Fatal("Open gave no error")
	}
	text := err.Error()
	if !strings.Contains(text, want) {
		t.Errorf("error does not say %q: %s", want, text)
	}
	for _, hidden := range []string{"s3cret", "n0pe"} {
		if strings.Contains(text, hidden) {
			t.Errorf("error tells the password: %s", text)
		}
	}
}

func TestRedisErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	nobody := storetest.Local(storetest.FreePort(t))
	port := storetest.FreePort(t)
	storetest.StartRedis(t, t.TempDir(), port)
	for name, tc := range map[string]struct{ url, want string }{
		"nobody listens":    {"redis://:s3cret@" + nobody, "redis.url"},
		"no TLS there":      {"rediss://" + storetest.Local(port), "has TLS"},
		"no URL":            {"s3cret", "redis://user:password@host"},
		"wrong scheme":      {"http://:s3cret@" + nobody, "redis://user:password@host"},
		"broken URL":        {"redis://:s3cret%zz@" + nobody, "redis://user:password@host"},
		"wrong database":    {"redis://" + nobody + "/x", "database"},
		"unknown parameter": {"redis://" + nobody + "/?pool=s3", "pool"},
		"wrong cluster":     {"redis://" + nobody + "/?cluster=s", "cluster"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantOpenError(t, redis.Config{URL: secret.NewURL(tc.url)}, tc.want)
		})
	}
	wantOpenError(t, redis.Config{Addrs: []string{nobody}, TTL: time.Second}, "time to live")
}

func TestViewRedisCluster(t *testing.T) {
	t.Parallel()
	addrs := storetest.StartRedisCluster(t, nil)
	for name, cfg := range map[string]redis.Config{
		"three addresses":   {URL: redisURL("redis://%s", strings.Join(addrs, ","))},
		"one, found out":    {URL: redisURL("redis://%s", addrs[1])},
		"one, said so":      {URL: redisURL("redis://%s/?cluster=true", addrs[2])},
		"one and addresses": {URL: redisURL("redis://%s/?addr=%s", addrs[0], addrs[1])},
	} {
		t.Run(name, func(t *testing.T) {
			all := func(t *testing.T) {
				for _, addr := range addrs {
					flush(t, bare(t, "redis://"+addr))
				}
			}
			storetest.ExamView(t, storetest.ViewServer{Open: func(t *testing.T) storetest.View { return openView(t, cfg) }, Flush: all})
			all(t)
		})
	}
}

func TestViewRedisClusterWithUserAndTLS(t *testing.T) {
	t.Parallel()
	certs := storetest.NewCerts(t)
	addrs := storetest.StartRedisCluster(t, func(port int) []string { return guarded(t, certs, port) }, admin(certs)...)
	cfg := redis.Config{URL: redisURL("rediss://outcry:s3cret@%s", addrs[0]), CAFile: certs.CA, CertFile: certs.Cert, KeyFile: certs.Key}
	storetest.ExamView(t, storetest.ViewServer{Open: func(t *testing.T) storetest.View { return openView(t, cfg) }})
}

func TestViewRedisSentinel(t *testing.T) {
	t.Parallel()
	port := storetest.FreePort(t)
	storetest.StartRedis(t, t.TempDir(), port)
	sentinel := storetest.StartSentinel(t, "main", port)
	cfg := redis.Config{URL: redisURL("redis://%s/1?master_name=main", sentinel)}
	storetest.ExamView(t, storetest.ViewServer{
		Open:  func(t *testing.T) storetest.View { return openView(t, cfg) },
		Flush: func(t *testing.T) { flush(t, bare(t, "redis://"+storetest.Local(port))) },
	})
}

// When the primary dies, Sentinel names its replica primary. The replica may lack what the primary told it last: the view says
// where it stands, and goes on from there.
func TestViewSurvivesThePrimary(t *testing.T) {
	t.Parallel()
	certs, port, other := storetest.NewCerts(t), storetest.FreePort(t), storetest.FreePort(t)
	primary := storetest.StartRedis(t, t.TempDir(), port, guarded(t, certs, port)...)
	storetest.StartRedis(t, t.TempDir(), other, append(guarded(t, certs, other), "--replicaof", "127.0.0.1", strconv.Itoa(port))...)
	storetest.Eventually(t, "the replica follows", func() bool { // which Sentinel finds out at once, or ten seconds later
		said, err := storetest.RedisCLI(t, append(admin(certs), "-p", strconv.Itoa(other), "info", "replication")...)
		return err == nil && strings.Contains(said, "master_link_status:up")
	})
	sentinel := storetest.StartSentinel(t, "main", port, "sentinel auth-user main admin", "sentinel auth-pass main root",
		"sentinel down-after-milliseconds main 1000", "tls-replication yes", "tls-ca-cert-file "+certs.CA, "tls-cert-file "+certs.Cert,
		"tls-key-file "+certs.Key, "user default on >w4tch ~* &* +@all")
	cfg := redis.Config{
		Addrs: []string{sentinel}, MasterName: "main", User: "outcry", Password: secret.New("s3cret"), SentinelPassword: secret.New("w4tch"),
		TLS: true, CAFile: certs.CA, CertFile: certs.Cert, KeyFile: certs.Key,
	}
	wrong := cfg
	wrong.SentinelPassword = secret.New("n0pe")
	wantOpenError(t, wrong, "redis.sentinel_password")
	v := openView(t, cfg)
	const steps = 40
	for pos := uint64(0); pos < steps; {
		if pos == steps/2 {
			primary.Kill(t)
		}
		pos = step(t, v, pos)
	}
	got, pos := storetest.LoadAll(t, v, "g")
	if pos != steps || string(got["k"]["step"]) != strconv.Itoa(steps) {
		t.Errorf("the group is at %d with %q, want %d", pos, got["k"]["step"], steps)
	}
}

// step moves the group g by one from pos, tried until the server takes it, and returns where the group stands then: further back,
// if the server has lost what it had.
func step(t *testing.T, v storetest.View, pos uint64) uint64 {
	t.Helper()
	set := storetest.Hashes{"k": {"step": []byte(strconv.FormatUint(pos+1, 10))}}
	storetest.Eventually(t, "the server answers", func() bool {
		moved, err := v.Apply(t.Context(), "g", pos, pos+1, set, nil)
		at := pos + 1
		if err == nil && !moved { // an earlier try was taken, though its answer was lost; or the server has lost more than that
			at, err = v.Load(t.Context(), "g", func(string, string, []byte) error { return nil })
		}
		if err == nil {
			pos = at
		}
		return err == nil
	})
	return pos
}

// A killed server that comes back with its data goes on where it was.
func TestViewSurvivesTheServer(t *testing.T) {
	t.Parallel()
	port := storetest.FreePort(t)
	server := storetest.StartRedis(t, t.TempDir(), port)
	v := openView(t, redis.Config{Addrs: []string{storetest.Local(port)}})
	const steps = 50
	for pos := uint64(0); pos < steps; {
		if pos == steps/2 {
			server.Kill(t)
			server.Restart(t)
		}
		pos = step(t, v, pos)
	}
	got, pos := storetest.LoadAll(t, v, "g")
	if pos != steps || string(got["k"]["step"]) != strconv.Itoa(steps) {
		t.Errorf("the group is at %d with %q, want %d", pos, got["k"]["step"], steps)
	}
}
