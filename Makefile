# make serve: everything, and the service on 127.0.0.1:8000 · make test: everything, and all tests · make help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# The distribution's own where it can make environments: what users have, and built with profiles, it is the faster one
PYTHON ?= $(shell /usr/bin/python3.11 -c 'import ensurepip' 2>/dev/null && echo /usr/bin/python3.11 || echo python3.11)
VENV := .venv
BIN := $(VENV)/bin
FUZZ ?= 600
SEED ?= 0
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
export BROADSHEET_HOME ?= $(CURDIR)/var
AUDITS := tests/gateway/audits
FRONT := $(shell find gateway/web/graphiql -maxdepth 1 -type f 2>/dev/null)

.PHONY: help serve test test-all fuzz lint bench requirements browser audits clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

$(VENV)/python: ## (the environment itself)
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed as $(PYTHON); say another with: make PYTHON=python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/runtime: $(VENV)/python requirements.txt pyproject.toml hatch_build.py $(FRONT)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/development: $(VENV)/runtime requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/fuzzing: $(VENV)/development requirements-fuzz.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	@touch $@

serve: $(VENV)/runtime ## Set up, import the sample archive where the store is empty, and answer on 127.0.0.1:8000
	@test -e $(BROADSHEET_HOME)/broadsheet.db || $(BIN)/broadsheet import examples/archive
	@echo "The command is $(BIN)/broadsheet, for example: $(BIN)/broadsheet import YOUR-FOLDER"
	@exec $(BIN)/broadsheet serve

test: $(VENV)/fuzzing browser audits ## Set up, and run all tests with branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

test-all: test fuzz ## The same, then ten minutes of damaged inputs for each importer, then the long random searches
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n 2 -m "not browser"

fuzz: $(VENV)/fuzzing ## Throw damaged inputs at every importer, each for 600 seconds or as said: make fuzz FUZZ=60 SEED=1
	failed=0; for target in $(notdir $(wildcard tests/corpus/*)); do \
	  $(BIN)/python -m tests.fuzz $$target --seconds $(FUZZ) --seed $(SEED) || failed=1; done; exit $$failed

lint: $(VENV)/development ## Formatting, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/development ## Measure; see benchmarks/README.md
	$(BIN)/python -m benchmarks

browser: ## A browser for the tests that need one, and what its driver needs
	@{ command -v chromium && ls /usr/lib/*/libatomic.so.1; } >/dev/null 2>&1 || { \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core libatomic1 >/dev/null; }

audits: $(AUDITS)/node_modules ## The GraphQL over HTTP audits, from npm

$(AUDITS)/node_modules: $(VENV)/development $(AUDITS)/package.json $(AUDITS)/package-lock.json
	cd $(AUDITS) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=2
	@touch $@

requirements: $(VENV)/python ## Pin the newest versions that pyproject.toml allows
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.txt --upgrade --custom-compile-command "make requirements"
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt --upgrade --custom-compile-command "make requirements"
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 --group fuzz -c requirements-dev.txt -o requirements-fuzz.txt --upgrade --custom-compile-command "make requirements"

clean: ## Remove what was made, the home with its articles excepted
	rm -rf $(VENV) build dist gateway/static/graphiql gateway/web/graphiql/node_modules $(AUDITS)/node_modules .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis
