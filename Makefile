# One door to the repository: what people type is what .ci/run does.

GOLANGCI_LINT_VERSION := v2.15.0
GOVULNCHECK_VERSION   := v1.9.0

GOLANGCI_LINT := bin/golangci-lint-$(GOLANGCI_LINT_VERSION)
GOVULNCHECK   := bin/govulncheck-$(GOVULNCHECK_VERSION)

# VERSION names the build where there is no version control to ask; empty: the toolchain records the commit.
VERSION  ?=
LDFLAGS  := -s -w $(if $(VERSION),-X github.com/outcry/outcry/internal/version.stamped=$(VERSION))
FUZZTIME ?= 20s
BENCH    ?= .
RUNS     ?= 1000

.DEFAULT_GOAL := help
.PHONY: help demo run build test race format vet lint fuzz faults bench cover learn quality vuln tools

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## play a seeded evening of outages in the terminal, and on a page whose address it prints
	go run ./cmd/outcry demo

run: ## listen live, everything in one process
	go run ./cmd/outcry run

build: ## build bin/outcry, static and reproducible
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/outcry ./cmd/outcry

test: ## run all tests
	go test ./...

race: ## run all tests under the race detector
	go test -race ./...

format: ## fail if gofmt would change a file
	@changed="$$(gofmt -l .)"; if [ -n "$$changed" ]; then echo "gofmt -w these files:"; echo "$$changed"; exit 1; fi

vet: ## run go vet
	go vet ./...

lint: $(GOLANGCI_LINT) ## run golangci-lint, pinned
	$(GOLANGCI_LINT) run

fuzz: ## run every fuzz target for FUZZTIME (20s)
	@set -e; grep -rlE --include='*_test.go' '^func Fuzz' . | xargs -r -n1 dirname | sort -u | while read -r dir; do \
	  for target in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$$dir"/*_test.go | cut -d' ' -f2); do \
	    echo "== $$dir $$target"; go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$dir"; \
	  done; \
	done

faults: ## play RUNS (1000) made-up evenings full of faults to the desks, and count what was lost, out of order or told twice
	go test ./alert -count=1 -run Faults -v -args -runs $(RUNS) | grep -v '^=== '

bench: ## run the benchmarks that match BENCH (all)
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

cover: ## write cover.html and print the total
	go test -coverprofile=cover.out -coverpkg=./... ./...
	go tool cover -html=cover.out -o cover.html
	@go tool cover -func=cover.out | tail -n 1

learn: ## learn the odds of a complaint anew from the labelled posts (after changes of the lexicon)
	go test ./ingest/match -count=1 -run '^TestLearn$$' -v -learn

quality: ## measure on simulated evenings, and write the tables of docs/quality.md
	go build -o bin/outcry ./cmd/outcry
	@sed '/^<!-- generated/q' docs/quality.md > docs/quality.tmp
	@printf '\n`outcry backtest --markdown`\n\n' >> docs/quality.tmp
	bin/outcry backtest --markdown >> docs/quality.tmp
	@printf '\n## Quiet years\n\n`outcry backtest --quiet 100`\n\n' >> docs/quality.tmp
	@bin/outcry backtest --quiet 100 > docs/quiet.tmp && sed 's/^/    /' docs/quiet.tmp >> docs/quality.tmp
	@rm docs/quiet.tmp && mv docs/quality.tmp docs/quality.md

vuln: $(GOVULNCHECK) ## look for known vulnerabilities in what is called (needs https://vuln.go.dev)
	$(GOVULNCHECK) ./...

tools: $(GOLANGCI_LINT) ## build the pinned tools into bin/

$(GOLANGCI_LINT):
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	mv bin/golangci-lint $@

$(GOVULNCHECK):
	GOBIN=$(CURDIR)/bin go install golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK_VERSION)
	mv bin/govulncheck $@
