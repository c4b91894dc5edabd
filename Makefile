# What a new checkout needs: go, git, make and a POSIX shell. Java and Maven are
# needed for TLC only; without them, what TLC would say is unknown.

GO      ?= go
FUZZ_S  ?= 10
SYSTEMS  = twophase

# The tests that a build with failpoints adds to: all of impl/, where the failpoints
# are, and the folders with tests for such a build alone.
TAGGED   = ./impl/... $$(grep -l '^//go:build failpoints' -r --include='*_test.go' . | sed 's|/[^/]*$$||' | sort -u)

.PHONY: help verify verify-long test chaos specs specs-long translate bench fuzz lint tlc build clean

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

build: ## bin/lockstep, and bin/lockstep-failpoints with failpoints
	@mkdir -p bin
	$(GO) build -o bin/lockstep ./cmd/lockstep
	flags=$$($(GO) run ./chaos/failpoints) && $(GO) build -o bin/lockstep-failpoints $$flags ./cmd/lockstep

tlc: build ## install TLC into the user's cache, if java and mvn are there
	@if bin/lockstep tlc path >/dev/null 2>&1; then :; \
	elif command -v java >/dev/null && command -v mvn >/dev/null; then bin/lockstep tlc install; \
	else echo "TLC is not installed, and java or mvn is missing: what it would say will be unknown" >&2; fi

verify: build tlc ## take every protocol from its specification to a verdict on real processes
	bin/lockstep verify

verify-long: build tlc ## the same for an hour: long models, many seeds
	bin/lockstep verify --models smoke,standard,long --seeds 50000 --mutant-seeds 500 --duration 15m

test: lint ## every test, with and without failpoints; the smoke models of all specifications among them
	$(GO) test ./...
	flags=$$($(GO) run ./chaos/failpoints) && $(GO) test $$flags $(TAGGED)

chaos: build tlc ## simulated runs and real processes under faults
	for s in $(SYSTEMS); do bin/lockstep chaos $$s --seeds 1000 && bin/lockstep chaos $$s --real --duration 30s || exit; done

specs: build tlc ## hold the specifications against their manifests, by both engines, and their translations
	bin/lockstep check all --models smoke,standard --engine both

specs-long: build tlc ## the same for the long models
	bin/lockstep check all --models long --engine both

translate: build tlc ## write current PlusCal translations into specs/
	bin/lockstep specs translate specs/*/

bench: ## every benchmark, with allocations
	$(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: ## every fuzz target for FUZZ_S seconds
	@for dir in $$(grep -l '^func Fuzz' -r --include='*_test.go' . | sed 's|/[^/]*$$||' | sort -u); do \
		for target in $$($(GO) test -list '^Fuzz' $$dir | grep '^Fuzz'); do \
			echo "$$dir $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ_S)s $$dir || exit 1; \
		done; \
	done

lint: ## gofmt and go vet, with and without failpoints
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted; run gofmt -w on:" >&2; echo "$$unformatted" >&2; exit 1; fi
	$(GO) vet ./...
	flags=$$($(GO) run ./chaos/failpoints) && $(GO) vet $$flags ./impl/... ./verify/... ./chaos/cluster/... ./cmd/...

clean: ## remove what was built; runs/ is kept
	rm -rf bin
