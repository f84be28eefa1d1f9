// Package embedded starts a NATS server and a Redis in this process, which is what a bare `outcry run` stands on.
//
// The NATS server keeps its streams in a directory that belongs to one process at a time. The Redis is small and keeps
// nothing: what it holds is a view of the streams that is rebuilt at the next start.
//
//	nats.go    StartNATS: the server, its listener and its end
//	health.go  Watch: whether it can write
//	lock.go    the lock on the directory
//	logger.go  the server's log in ours
//	redis.go   StartRedis
package embedded
