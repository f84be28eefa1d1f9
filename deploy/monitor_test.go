package deploy_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
	"go.yaml.in/yaml/v3"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/detect"
	"github.com/outcry/outcry/ingest"
	"github.com/outcry/outcry/internal/obs"
	"github.com/outcry/outcry/internal/version"
	"github.com/outcry/outcry/store/embedded"
	"github.com/outcry/outcry/store/nats"
	"github.com/outcry/outcry/web"
)

// recorder notes the names of the metrics that are registered.
type recorder struct{ names map[string]bool }

var descName = regexp.MustCompile(`fqName: "([^"]+)"`)

// Register implements prometheus.Registerer.
func (r recorder) Register(c prometheus.Collector) error {
	descs := make(chan *prometheus.Desc, 1000)
	c.Describe(descs)
	close(descs)
	for desc := range descs {
		r.names[descName.FindStringSubmatch(desc.String())[1]] = true
	}
	return nil
}

// MustRegister implements prometheus.Registerer.
func (r recorder) MustRegister(collectors ...prometheus.Collector) {
	for _, c := range collectors {
		_ = r.Register(c)
	}
}

// Unregister implements prometheus.Registerer.
func (recorder) Unregister(prometheus.Collector) bool { return false }

// metricNames are the names of all metrics that the program has.
func metricNames(t *testing.T) map[string]bool {
	t.Helper()
	r := recorder{map[string]bool{"up": true}} // up is Prometheus' own
	ingest.NewMetrics(r)
	detect.NewMetrics(r)
	detect.NewJudgeMetrics(r)
	alert.NewMetrics(r)
	web.NewMetrics(r)
	server, err := embedded.StartNATS(t.Context(), embedded.NATSConfig{Dir: t.TempDir()}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}()
	log, err := nats.Open(t.Context(), nats.Config{InProcess: server}, zap.NewNop(), r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := log.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	families, err := obs.NewRegistry(version.Info{}).Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		r.names[family.GetName()] = true
	}
	return r.names
}

// words finds the metrics in an expression: names that are followed by no parenthesis and stand in no braces or brackets.
var (
	inBraces = regexp.MustCompile(`\{[^}]*\}|\[[^\]]*\]|\b(by|without|on|ignoring)\s*\([^)]*\)`)
	word     = regexp.MustCompile(`[a-z][a-z0-9_]*(\s*\()?`)
)

func checkExpression(t *testing.T, where, expression string, known map[string]bool) {
	t.Helper()
	found := 0
	for _, name := range word.FindAllString(inBraces.ReplaceAllString(expression, ""), -1) {
		if strings.HasSuffix(name, "(") {
			continue // a function
		}
		found++
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
		if !known[name] && !known[base] {
			t.Errorf("%s asks for %s, which the program does not have", where, name)
		}
	}
	if found == 0 {
		t.Errorf("%s asks for no metric: %s", where, expression)
	}
}

func TestRulesAskForWhatThereIs(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("prometheus/outcry.rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert       string            `yaml:"alert"`
				Expr        string            `yaml:"expr"`
				Labels      map[string]string `yaml:"labels"`
				Annotations map[string]string `yaml:"annotations"`
			} `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	known, rules := metricNames(t), 0
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			rules++
			checkExpression(t, rule.Alert, rule.Expr, known)
			if rule.Labels["severity"] == "" || rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" {
				t.Errorf("%s does not say how grave it is, what it is, or what to do", rule.Alert)
			}
		}
	}
	if rules == 0 {
		t.Error("there are no rules")
	}
}

func TestDashboardAsksForWhatThereIs(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("grafana/outcry.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			ID      int    `json:"id"`
			Title   string `json:"title"`
			Targets []struct {
				Expr string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	if err := json.Unmarshal(raw, &dashboard); err != nil {
		t.Fatal(err)
	}
	known, ids := metricNames(t), map[int]bool{}
	for _, panel := range dashboard.Panels {
		if ids[panel.ID] || len(panel.Targets) == 0 {
			t.Errorf("panel %q has the id of another, or shows nothing", panel.Title)
		}
		ids[panel.ID] = true
		for _, target := range panel.Targets {
			checkExpression(t, panel.Title, target.Expr, known)
		}
	}
	if len(ids) == 0 {
		t.Error("there are no panels")
	}
}
