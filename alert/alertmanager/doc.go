// Package alertmanager keeps an alert in Prometheus Alertmanager for each outage, through its API v2.
//
//	alertmanager.go  Config, New
//	alerts.go        Alerts: an event as alerts
package alertmanager
