package main

import (
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match/catalogue"
	"github.com/outcry/outcry/internal/secret"
	"github.com/outcry/outcry/web"
)

// config is the whole configuration: one YAML file, every key also as an OUTCRY_ variable. Every key has a default, so an empty
// file runs.
type config struct {
	// Data is the directory in which the embedded NATS keeps its streams.
	Data string `yaml:"data"`
	// Roles are the parts this process plays.
	Roles []string `yaml:"roles"`
	// Lateness is how much older than the newest post a post may be and still be counted.
	Lateness duration `yaml:"lateness"`
	// Partitions is how many counters share the services.
	Partitions int             `yaml:"partitions"`
	Services   serviceList     `yaml:"services"`
	Sources    []sourceConfig  `yaml:"sources"`
	Notifiers  []notifierEntry `yaml:"notifiers"`
	// Routes say which outages go to which notifiers; none: everything to everybody.
	Routes []routeConfig `yaml:"routes"`
	Web    web.Config    `yaml:"web"`
	NATS   natsConfig    `yaml:"nats"`
	Redis  redisConfig   `yaml:"redis"`
	Log    logConfig     `yaml:"log"`
}

// serviceList is services that are added to the catalogue, or override the fields they set of the one with their id.
type serviceList []event.Service

// UnmarshalYAML reads the list as the catalogue's own file is read, with its errors' lines.
func (l *serviceList) UnmarshalYAML(node *yaml.Node) error {
	services, err := catalogue.ParseNode(node)
	*l = services
	return err
}

type notifierEntry struct {
	// Type is one of notifierTypes.
	Type string     `yaml:"type"`
	Name string     `yaml:"name"`
	URL  secret.URL `yaml:"url"`
	// Secret signs webhooks; SecretNext is the second one while keys are rotated.
	Secret     secret.String `yaml:"secret"`
	SecretNext secret.String `yaml:"secret_next"`
	// Token is an access token (ntfy, telegram) or that of a Slack app; RoutingKey the integration key of a PagerDuty service.
	Token      secret.String `yaml:"token"`
	RoutingKey secret.String `yaml:"routing_key"`
	// SigningSecret is that of a Slack app whose buttons people press.
	SigningSecret secret.String `yaml:"signing_secret"`
	// Headers are added to every request.
	Headers map[string]secret.String `yaml:"headers"`
	// Body is a template of what a webhook is sent in place of the event, and ContentType its type.
	Body        string `yaml:"body"`
	ContentType string `yaml:"content_type"`
	// AllowPrivate lists networks (CIDR) that the address may lie in although they are not public.
	AllowPrivate []string `yaml:"allow_private"`
	// From is the first type of event that is told; default: confirmed.
	From string `yaml:"from"`
	// Channel is the id of the channel that a Slack app posts to.
	Channel string `yaml:"channel"`
	// Chat is the number or @name of a Telegram chat.
	Chat string `yaml:"chat"`
	// Sender and To are from whom and to whom e-mail goes; url is then the SMTP server.
	Sender string   `yaml:"sender"`
	To     []string `yaml:"to"`
	// Language is that of the notices; default: en.
	Language string `yaml:"language"`
	// Zone is the time zone of the times in the notices, such as Europe/Rome; default: UTC.
	Zone string `yaml:"zone"`
	// After makes it an escalation: it is told only if nobody has acknowledged the outage this long after it was confirmed.
	After duration `yaml:"after"`
	// Calm spares people what comes too often; default: true for receivers that people read.
	Calm *bool `yaml:"calm"`
	// Remind is after how long without news the receiver is reminded of an outage that lasts; default: never.
	Remind duration `yaml:"remind"`
	// Fallback names the notifier that is told when this one cannot be.
	Fallback string `yaml:"fallback"`
}

// routeConfig is an alert.Route as it is written.
type routeConfig struct {
	Services []string `yaml:"services"`
	Owners   []string `yaml:"owners"`
	// Kinds are trades of services, such as bank.
	Kinds      []string `yaml:"kinds"`
	Severity   string   `yaml:"severity"`
	Phases     []string `yaml:"phases"`
	Countries  []string `yaml:"countries"`
	Languages  []string `yaml:"languages"`
	Confidence float64  `yaml:"confidence"`
	// Windows are times of the week in which the route holds; none: always.
	Windows   []alert.Window `yaml:"windows"`
	Receivers []string       `yaml:"receivers"`
	Continue  bool           `yaml:"continue"`
}

type natsConfig struct {
	// URL is a server of one's own; empty: the embedded one.
	URL          secret.URL    `yaml:"url"`
	User         string        `yaml:"user"`
	Password     secret.String `yaml:"password"`
	Token        secret.String `yaml:"token"`
	NKeySeedFile string        `yaml:"nkey_seed_file"`
	CredsFile    string        `yaml:"creds_file"`
	CAFile       string        `yaml:"ca_file"`
	CertFile     string        `yaml:"cert_file"`
	KeyFile      string        `yaml:"key_file"`
	TLSFirst     bool          `yaml:"tls_first"`
	Replicas     int           `yaml:"replicas"`
	// Listen is where the embedded server can be reached; "off": nowhere but in this process.
	Listen string `yaml:"listen"`
	// Sync is when the embedded server's writes reach the disk: a duration ("2m": a power cut may cost the last two
	// minutes, a kill costs nothing) or "always".
	Sync            string   `yaml:"sync"`
	MentionsMaxAge  duration `yaml:"mentions_max_age"`
	ReadingsMaxAge  duration `yaml:"readings_max_age"`
	OutagesMaxAge   duration `yaml:"outages_max_age"`
	MaxMentionBytes int64    `yaml:"max_mention_bytes"`
}

type redisConfig struct {
	// URL is a server, or one node of a Cluster, of one's own; empty: the embedded one.
	URL        secret.URL    `yaml:"url"`
	Addresses  []string      `yaml:"addresses"`
	MasterName string        `yaml:"master_name"`
	Cluster    bool          `yaml:"cluster"`
	User       string        `yaml:"user"`
	Password   secret.String `yaml:"password"`
	// SentinelUser and SentinelPassword are for the Sentinels themselves.
	SentinelUser     string        `yaml:"sentinel_user"`
	SentinelPassword secret.String `yaml:"sentinel_password"`
	CAFile           string        `yaml:"ca_file"`
	CertFile         string        `yaml:"cert_file"`
	KeyFile          string        `yaml:"key_file"`
}

type logConfig struct {
	Level string `yaml:"level"`
}

// The parts a process can play.
const (
	roleCollect = "collect"
	roleCount   = "count"
	roleJudge   = "judge"
	roleAlert   = "alert"
	roleWeb     = "web"
)

func allRoles() []string { return []string{roleCollect, roleCount, roleJudge, roleAlert, roleWeb} }

func defaultConfig() config {
	return config{
		Data: "outcry-data", Roles: allRoles(), Lateness: duration(15 * time.Second), Partitions: 1,
		Sources: []sourceConfig{{Type: "bluesky"}},
		Web:     web.Config{Listen: web.DefaultListen},
		NATS:    natsConfig{Listen: "127.0.0.1:4222", Sync: "2m"},
		Log:     logConfig{Level: "info"},
	}
}

// Bounds of the configuration.
const (
	maxLateness   = duration(10 * time.Minute)
	maxPartitions = 64
)

// String writes "15s".
func (d duration) String() string { return time.Duration(d).String() }
