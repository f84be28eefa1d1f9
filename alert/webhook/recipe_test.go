package webhook_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/outcry/outcry/alert/webhook"
	"github.com/outcry/outcry/internal/secret"
)

// recipe is a way to check a signature that the pages show.
type recipe struct {
	language, program, file string
	// call reads [secret, headers, body] in JSON from standard input, and prints whether the signature holds.
	call string
}

func recipes() []recipe {
	return []recipe{
		{"js", "node", "verify.mjs", `
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const [secret, headers, body] = JSON.parse(Buffer.concat(chunks));
console.log(verify(secret, headers, body));
`},
		{"python", "python3", "verify.py", `
import json, sys
secret, headers, body = json.load(sys.stdin)
print(str(verify(secret, headers, body.encode())).lower())
`},
	}
}

// TestRecipesCheckSignatures lets the code that docs/subscribe.md shows check requests of ours, and others that it must refuse.
func TestRecipesCheckSignatures(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "subscribe.md"))
	if err != nil {
		t.Fatal(err)
	}
	got := receive(t, webhook.Config{Secrets: []secret.String{secret.New(newSecret), secret.New(oldSecret)}}, confirmed())
	headers := map[string]string{}
	for name := range got.header {
		headers[strings.ToLower(name)] = got.header.Get(name)
	}
	stale := maps.Clone(headers)
	stale["webhook-timestamp"] = strconv.FormatInt(time.Now().Add(-6*time.Minute).Unix(), 10)
	strange := maps.Clone(headers)
	strange["webhook-signature"] = "v1,AAAA"
	for _, r := range recipes() {
		t.Run(r.language, func(t *testing.T) {
			t.Parallel()
			program, err := exec.LookPath(r.program)
			if err != nil {
				t.Skipf("%s is not installed, and so its recipe is not tried", r.program)
			}
			code := regexp.MustCompile("(?s)```" + r.language + "\n([^`]*verify.*?)```").FindSubmatch(page)
			if code == nil {
				t.Fatal("the page shows no code that verifies")
			}
			file := filepath.Join(t.TempDir(), r.file)
			if err := os.WriteFile(file, []byte(string(code[1])+r.call), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, tc := range []struct {
				name, secret string
				headers      map[string]string
				body, want   string
			}{
				{"the new secret", newSecret, headers, string(got.body), "true"},
				{"the old secret", oldSecret, headers, string(got.body), "true"},
				{"another secret", "whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXI=", headers, string(got.body), "false"},
				{"another body", newSecret, headers, string(got.body) + " ", "false"},
				{"an old request", newSecret, stale, string(got.body), "false"},
				{"another signature", newSecret, strange, string(got.body), "false"},
			} {
				input, err := json.Marshal([]any{tc.secret, tc.headers, tc.body})
				if err != nil {
					t.Fatal(err)
				}
				run := exec.CommandContext(t.Context(), program, file)
				run.Stdin = strings.NewReader(string(input))
				said, err := run.CombinedOutput()
				if err != nil || strings.TrimSpace(string(said)) != tc.want {
					t.Errorf("%s: it says %q (%v), want %s", tc.name, said, err, tc.want)
				}
			}
		})
	}
}
