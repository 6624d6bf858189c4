# `make` lists what there is. Nothing is needed beforehand but Python 3.11+, Node 20+ and make.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
DONE := .make
ENVIRONMENT := .venv/pyvenv.cfg
SCREEN := src/jingling/server/static/index.html
WEB := $(wildcard web/package.json)
WEB_SOURCES := $(if $(WEB),$(shell find web -type f -not -path '*/node_modules/*' -not -path '*/test/*'))
PACKAGES := web/node_modules/.package-lock.json
# Recordings by others, which are not part of the project
DATA ?= ../shared/data
BROWSERS := chromium chromium-browser google-chrome
BROWSER_PACKAGES := chromium fonts-noto-cjk fonts-noto-color-emoji

.PHONY: help setup run test check bench lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(DONE)/python $(if $(WEB),$(SCREEN)) ## Install into .venv and build the screen

run: setup ## Start a hub; it prints the address of its page
	$(BIN)/jingling up

test: setup $(DONE)/dev $(DONE)/browser ## Run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/end_to_end
	$(BIN)/python -m pytest tests/end_to_end
	$(if $(WEB),cd web && npm test)

check: setup $(DONE)/dev ## Check format, style, types and structure
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/tidy
	$(if $(WEB),cd web && npm run check)

bench: setup $(DONE)/dev ## Measure; prints tables and writes benchmarks/results
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/turn.py
	$(BIN)/python benchmarks/language_speed.py
	$(BIN)/python benchmarks/mishearing.py
	$(BIN)/python benchmarks/language_model.py
	$(BIN)/python benchmarks/names.py
	$(BIN)/python benchmarks/voice.py
	@if [ -d "$(DATA)/coffee" ] && [ -d "$(DATA)/wake" ] && [ -d "$(DATA)/speech-zh" ]; then set -x; \
	  for one in "wake.py $(DATA)/wake" "arbitration.py $(DATA)/wake/alexa" "coffee.py $(DATA)/coffee" \
	    "rejection.py $(DATA)" "mandarin.py $(DATA)/speech-zh/words" "latency.py $(DATA)" "capacity.py $(DATA)"; do \
	    $(BIN)/python benchmarks/$$one || exit 1; done; \
	else echo "No recordings in $(DATA): what needs them is left out (make bench DATA=FOLDER)"; fi

lock: $(DONE)/dev ## Choose the versions of all dependencies anew
	$(BIN)/pip install uv
	$(LOCK) --extra model --extra devices --extra wyoming --output-file requirements.lock
	$(LOCK) --extra model --extra devices --extra wyoming --extra speaker --extra dev --output-file requirements-dev.lock

clean: ## Remove all that the other targets made
	rm -rf .venv $(DONE) $(dir $(SCREEN)) web/node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--no-annotate --custom-compile-command "make lock"

$(ENVIRONMENT):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Jingling needs Python 3.11 or newer. Name one: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "This Python cannot make environments. On Debian: apt-get install python3-venv"; exit 1; }
	@mkdir -p $(DONE) && touch $@

$(DONE)/python: requirements.lock pyproject.toml hatch_build.py $(ENVIRONMENT)
	$(BIN)/pip install -r requirements.lock
	$(BIN)/pip install --no-deps -e .
	@touch $@

$(DONE)/dev: requirements-dev.lock $(DONE)/python
	$(BIN)/pip install -r requirements-dev.lock
	@touch $@

$(DONE)/node: $(ENVIRONMENT)
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' && command -v npm >/dev/null || \
	  { echo "Building the screen needs Node 20 or newer, with npm."; exit 1; }
	@touch $@

$(PACKAGES): web/package.json web/package-lock.json $(DONE)/node
	cd web && npm ci --no-audit --no-fund
	@touch $@

$(SCREEN): $(WEB_SOURCES) $(PACKAGES) $(DONE)/python
	cd web && npm run build
	@touch $@

$(DONE)/browser: $(ENVIRONMENT)
	@if ! command -v $(BROWSERS) >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update && apt-get install --yes --no-install-recommends $(BROWSER_PACKAGES); \
	  else \
	    echo "The tests of the page need Chromium and fonts. As root: apt-get install $(BROWSER_PACKAGES)"; exit 1; \
	  fi; \
	fi
	@touch $@
