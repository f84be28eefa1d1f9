package deploy_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"
)

// load reads docker-compose.yml as docker compose would, with no environment.
func load(t *testing.T) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{filepath.Join("..", "docker-compose.yml")}, cli.WithWorkingDirectory(".."), cli.WithName("outcry"))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestServices(t *testing.T) {
	t.Parallel()
	project := load(t)
	if diff := cmp.Diff([]string{"nats", "outcry", "redis"}, project.ServiceNames()); diff != "" {
		t.Fatalf("services (-want +got):\n%s", diff)
	}
	for name, service := range project.Services {
		if service.HealthCheck == nil || len(service.HealthCheck.Test) == 0 {
			t.Errorf("%s has no health check", name)
		}
		if service.Restart == "" {
			t.Errorf("%s does not come back after it ended", name)
		}
		if !service.ReadOnly || !slices.Contains(service.CapDrop, "ALL") || !slices.Contains(service.SecurityOpt, "no-new-privileges:true") || service.Privileged {
			t.Errorf("%s may do more than it needs", name)
		}
		if image := service.Image; service.Build == nil && (!strings.Contains(image, ":") || strings.HasSuffix(image, ":latest")) {
			t.Errorf("%s has the image %s, want a version", name, image)
		}
		if len(service.Volumes) == 0 {
			t.Errorf("%s keeps nothing over a restart", name)
		}
		for _, volume := range service.Volumes {
			if _, declared := project.Volumes[volume.Source]; volume.Type != types.VolumeTypeVolume || !declared {
				t.Errorf("%s mounts %s %q, want a named volume", name, volume.Type, volume.Source)
			}
		}
	}
}

func TestPortsAreForThisMachineOnly(t *testing.T) {
	t.Parallel()
	published := 0
	for name, service := range load(t).Services {
		if service.NetworkMode == "host" {
			t.Errorf("%s is on the host's network", name)
		}
		for _, port := range service.Ports {
			published++
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s publishes %s on %q, want 127.0.0.1", name, port.Published, port.HostIP)
			}
			if name != "outcry" {
				t.Errorf("%s publishes %s; only the dashboard is for people", name, port.Published)
			}
		}
	}
	if published != 1 {
		t.Errorf("%d ports are published, want the dashboard's", published)
	}
}

func TestOutcryWaitsForWhatItNeeds(t *testing.T) {
	t.Parallel()
	service := load(t).Services["outcry"]
	for _, name := range []string{"nats", "redis"} {
		if got := service.DependsOn[name].Condition; got != types.ServiceConditionHealthy {
			t.Errorf("outcry waits for %s to be %q, want %q", name, got, types.ServiceConditionHealthy)
		}
	}
	dockerfile := filepath.Join(service.Build.Context, service.Build.Dockerfile)
	if _, err := os.Stat(dockerfile); err != nil {
		t.Errorf("the Dockerfile that is built: %v", err)
	}
}

func TestNATSIsTheOneThatIsEmbedded(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`nats-server/v2 v(\d+\.\d+)\.`).FindSubmatch(mod)
	if match == nil {
		t.Fatal("go.mod does not name nats-server")
	}
	if got, want := load(t).Services["nats"].Image, "nats:"+string(match[1])+"-alpine"; got != want {
		t.Errorf("compose runs %s, want %s as go.mod embeds", got, want)
	}
}

func TestDockerfile(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	stages := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(text, -1)
	if len(stages) != 2 || !strings.HasPrefix(stages[1][1], "gcr.io/distroless/static") {
		t.Fatalf("stages are %v, want a build and then distroless/static", stages)
	}
	for _, want := range []string{"CGO_ENABLED=0", "-trimpath", "\nUSER 65532:65532\n", `ENTRYPOINT ["/outcry"]`} {
		if !strings.Contains(text, want) {
			t.Errorf("the Dockerfile has no %q", want)
		}
	}
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)
	if want := "golang:" + string(version[1]) + "-"; !strings.HasPrefix(stages[0][1], want) {
		t.Errorf("the build stage is %s, want %s… as go.mod says", stages[0][1], want)
	}
}
