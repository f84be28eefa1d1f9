package e2e_test

import (
	"fmt"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"github.com/outcry/outcry/store/storetest"
)

// The names and passwords of the servers.
const (
	serverUser    = "outcry"
	redisPassword = "redis-pw-7f3a"
	natsPassword  = "nats-pw-19c4"
)

// redisServer is a redis-server that lets in one user only.
type redisServer struct {
	*storetest.Process
	addr string
}

// startRedis starts a redis-server with an ACL file.
func startRedis(t *testing.T) *redisServer {
	t.Helper()
	acl := writeFile(t, "users.acl", "user default off\nuser "+serverUser+" on >"+redisPassword+" ~* &* +@all\n")
	port := storetest.FreePort(t)
	return &redisServer{storetest.StartRedis(t, t.TempDir(), port, "--aclfile", acl), storetest.Local(port)}
}

// url is the server's address with the user and a password.
func (r *redisServer) url(password string) string {
	return fmt.Sprintf("redis://%s:%s@%s/0", serverUser, password, r.addr)
}

// section is the configuration that leads to the server.
func (r *redisServer) section() string { return fmt.Sprintf("{url: %q}", r.url(redisPassword)) }

// flush empties the server.
func (r *redisServer) flush(t *testing.T) {
	t.Helper()
	c := goredis.NewClient(&goredis.Options{Addr: r.addr, Username: serverUser, Password: redisPassword})
	defer func() { _ = c.Close() }()
	if err := c.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
}

// natsServer is a nats-server that lets in one user only.
type natsServer struct {
	*storetest.Process
	addr string
}

// startNATS starts a nats-server of a version.
func startNATS(t *testing.T, version string) *natsServer {
	t.Helper()
	port := storetest.FreePort(t)
	return &natsServer{storetest.StartNATS(t, version, t.TempDir(), port, "--user", serverUser, "--pass", natsPassword), storetest.Local(port)}
}

// url is the server's address with user and password.
func (n *natsServer) url() string { return "nats://" + serverUser + ":" + natsPassword + "@" + n.addr }

// section is the configuration that leads to the server.
func (n *natsServer) section() string {
	return fmt.Sprintf("{url: %q, user: %s, password: %s}", "nats://"+n.addr, serverUser, natsPassword)
}
