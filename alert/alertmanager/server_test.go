package alertmanager_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/alert"
	"github.com/outcry/outcry/alert/alertmanager"
	"github.com/outcry/outcry/alert/alerttest"
	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/internal/secret"
)

// startAlertmanager runs a real Alertmanager, alone and on a port of its own, which tells receiver, and gives its address.
func startAlertmanager(t *testing.T, receiver string) string {
	t.Helper()
	program, err := exec.LookPath("prometheus-alertmanager") // as Debian calls it
	if err != nil {
		program, err = exec.LookPath("alertmanager")
	}
	if err != nil {
		t.Fatal("there is no alertmanager to test against; install the package prometheus-alertmanager")
	}
	dir := t.TempDir()
	config := filepath.Join(dir, "alertmanager.yml")
	text := "route: {receiver: hook, group_by: [outage], group_wait: 0s, group_interval: 1s}\n" +
		"receivers: [{name: hook, webhook_configs: [{url: '" + receiver + "', send_resolved: true}]}]\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "--config.file="+config, "--storage.path="+dir,
		"--web.listen-address=127.0.0.1:0", "--cluster.listen-address=")
	output, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	listens := regexp.MustCompile(`address=(127\.0\.0\.1:\d+)`)
	found := make(chan string, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for lines := bufio.NewScanner(output); lines.Scan(); {
			if match := listens.FindStringSubmatch(lines.Text()); match != nil && len(found) == 0 {
				found <- match[1]
			}
		}
		close(found)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended, which the test has found by now
		<-done
		_ = cmd.Wait() // it was killed
	})
	address, ok := <-found
	if !ok {
		t.Fatal("the alertmanager ended before it listened")
	}
	return "http://" + address
}

// hook is what Alertmanager tells its own receivers.
type hook struct {
	Status string
	Alerts []struct {
		Status string
		Labels map[string]string
	}
}

// TestARealAlertmanager tells a real one of the life of an outage: it shows the one alert of the present severity until the
// end, and tells its own receiver of both.
func TestARealAlertmanager(t *testing.T) {
	t.Parallel()
	heard := make(chan hook, 100)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var h hook
		if err := json.NewDecoder(r.Body).Decode(&h); err != nil {
			t.Errorf("what Alertmanager tells cannot be read: %v", err)
		}
		heard <- h
	}))
	t.Cleanup(receiver.Close)
	base := startAlertmanager(t, receiver.URL)
	n, err := alertmanager.New(alertmanager.Config{Endpoint: alert.EndpointConfig{
		Name: "am", URL: secret.NewURL(base), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: time.Minute,
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Close)
	life := alerttest.Meta()
	shift := time.Since(life[len(life)-1].Time)
	for _, e := range life {
		e.Time = e.Time.Add(shift)
		e.Data.OnsetAt = e.Data.OnsetAt.Add(shift)
		for range 2 { // a repeat changes nothing
			if err := n.Notify(t.Context(), alert.Notice{Event: e, Key: e.ID, Attempt: 1, At: time.Now()}); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{string(e.Data.Severity)}
		if e.Kind() == event.TypeResolved {
			want = nil
		}
		if diff := cmp.Diff(want, firing(t, base, e.Data.ID)); diff != "" {
			t.Errorf("%s: Alertmanager shows (-want +got):\n%s", e.Kind(), diff)
		}
		if e.Kind() == event.TypeSuspected || e.Kind() == event.TypeConfirmed {
			await(t, heard, "firing", e.Data.Severity)
		}
	}
	await(t, heard, "resolved", event.Critical)
}

// firing are the severities of the alerts that Alertmanager shows for an outage.
func firing(t *testing.T, base, outage string) (severities []string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/v2/alerts", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	var alerts []struct {
		Labels, Annotations map[string]string
		Status              struct{ State string }
	}
	if err := json.NewDecoder(response.Body).Decode(&alerts); err != nil {
		t.Fatal(err)
	}
	for _, one := range alerts {
		if one.Labels["outage"] != outage || one.Annotations["summary"] == "" || one.Annotations["since"] == "" {
			t.Errorf("Alertmanager shows %+v", one)
		}
		severities = append(severities, one.Labels["severity"])
	}
	return severities
}

// await waits until Alertmanager has told its receiver that the alert of a severity has a status.
func await(t *testing.T, heard <-chan hook, status string, severity event.Severity) {
	t.Helper()
	patience := time.After(5 * time.Minute)
	for {
		select {
		case h := <-heard:
			for _, one := range h.Alerts {
				if one.Status == status && one.Labels["severity"] == string(severity) {
					return
				}
			}
		case <-patience:
			t.Fatalf("Alertmanager never told that the %s alert is %s", severity, status)
		}
	}
}
