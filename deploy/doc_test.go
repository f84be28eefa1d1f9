// Package deploy_test examines what is in this folder, and docker-compose.yml at the top, against the program.
//
//	compose_test.go    docker-compose.yml and the Dockerfile
//	config_test.go     the variables that the containers are started with
//	monitor_test.go    the Prometheus rules and the Grafana dashboard
//	systemd_test.go    the systemd unit
package deploy_test
