package storetest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// StartRedis starts a redis-server that keeps its data in dir and writes every change through. More arguments are its
// own ("--aclfile", …); with "--tls-port" among them the plain port is off.
func StartRedis(t testing.TB, dir string, port int, args ...string) *Process {
	t.Helper()
	program := Program(t, "redis-server", "install the package redis-server")
	all := []string{"--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no"}
	if !strings.Contains(strings.Join(args, " "), "--tls-port") {
		all = append(all, "--port", strconv.Itoa(port))
	}
	return StartProcess(t, program, Local(port), append(all, args...)...)
}

// RedisCLI runs redis-cli and gives what it wrote.
func RedisCLI(t testing.TB, args ...string) (said string, err error) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), Program(t, "redis-cli", "install the package redis-tools"), args...).CombinedOutput()
	return string(out), err
}

// StartRedisCluster starts three servers that form a cluster and returns their addresses. arguments, if not nil, gives more
// arguments of the server on a port; cli are those with which redis-cli reaches them.
func StartRedisCluster(t testing.TB, arguments func(port int) []string, cli ...string) []string {
	t.Helper()
	const nodes = 3
	addrs := make([]string, nodes)
	for i := range addrs {
		port, bus := FreePort(t), FreePort(t)
		addrs[i] = Local(port)
		args := []string{"--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(bus), "--cluster-node-timeout", "60000"}
		if arguments != nil {
			args = append(args, arguments(port)...)
		}
		StartRedis(t, t.TempDir(), port, args...)
	}
	args := slices.Concat(cli, []string{"--cluster", "create"}, addrs, []string{"--cluster-replicas", "0", "--cluster-yes"})
	if out, err := RedisCLI(t, args...); err != nil {
		t.Fatalf("redis-cli --cluster create: %v\n%s", err, out)
	}
	for _, addr := range addrs {
		host, port, _ := strings.Cut(addr, ":")
		Eventually(t, "the cluster is up at "+addr, func() bool {
			out, err := RedisCLI(t, slices.Concat(cli, []string{"-h", host, "-p", port, "cluster", "info"})...)
			return err == nil && strings.Contains(out, "cluster_state:ok")
		})
	}
	return addrs
}

// StartSentinel starts a Sentinel that watches the server on port under a name, and returns its own address. More lines of its
// configuration may follow; with "tls-replication yes" among them it speaks TLS only, too.
func StartSentinel(t *testing.T, name string, port int, lines ...string) string {
	t.Helper()
	own := FreePort(t)
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	listen := fmt.Sprintf("port %d", own)
	if slices.Contains(lines, "tls-replication yes") {
		listen = fmt.Sprintf("port 0\ntls-port %d", own)
	}
	text := fmt.Sprintf("%s\nbind 127.0.0.1\nsentinel monitor %s 127.0.0.1 %d 1\n%s\n", listen, name, port, strings.Join(lines, "\n"))
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	StartProcess(t, Program(t, "redis-server", "install the package redis-server"), Local(own), conf, "--sentinel")
	return Local(own)
}
