# The two commands a newcomer needs are `make run` and `make test`; the rest is for those who work on it.
# Each finished step leaves a stamp in .venv, so a second run does nothing twice. Running needs none of the
# test packages, so there are two chains of stamps: .ready for running, .ready-for-tests on top of it.

BIN := .venv/bin
LOG := .venv/setup.log

# $(call step,words,command): one line, a dot a second while it works, and the end of its log when it fails.
# The dots are the background job, not the command, so that Ctrl-C reaches the installer and leaves none running.
define step
	@printf '%s ' '$(1)'; \
	( while sleep 1 >/dev/null 2>&1; do printf '.'; done ) & dots=$$!; trap "kill $$dots" EXIT; trap 'exit 130' INT TERM; \
	if ( $(2) ) >$(LOG) 2>&1 </dev/null; then echo ' done'; \
	else echo ' failed:'; tail -n 20 $(LOG); echo "The whole log is in $(LOG)."; exit 1; fi
endef

.PHONY: run setup setup-tests test soak bench lint lock clean
.DEFAULT_GOAL := run
.NOTPARALLEL: # two installers never write to one environment at once

run: .venv/.ready
	@exec $(BIN)/visitapp serve

setup: .venv/.ready

setup-tests: .venv/.ready-for-tests

# What drives a browser runs last and alone: two browsers, or anything beside one, leave it too little time. A file stays whole, and the
# slowest come first (tests/conftest.py).
test: .venv/.ready-for-tests
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --ignore tests/browser
	@$(BIN)/python -m pytest tests/browser

soak: .venv/.ready-for-tests
	@$(BIN)/python -m pytest tests/soak

bench: .venv/.ready-for-tests
	@$(BIN)/python -m tests.bench

# The last two: imports go only in the directions of .importlinter, and no committed file sends anyone to a download host.
HOSTS := regis[t]ry\.(npmjs|yarnpkg|npmmirror)|p[y]pi\.org|pythonh[o]sted\.|--(extra-)?ind[e]x-url|--find-l[i]nks
lint: .venv/.ready-for-tests
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo 'Run: $(BIN)/ruff format'; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache --no-logo
	@if git grep -nIE '$(HOSTS)'; then echo 'A committed file names a download host (see above).'; exit 1; fi

# After a change to pyproject.toml or package.json. Neither lock names where the packages came from.
COMPILE := UV_SYSTEM_CERTS=1 $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --quiet
lock: .venv/.ready-for-tests
	@$(COMPILE) --output-file requirements/run.txt
	@$(COMPILE) --group test --extra postgres --constraints requirements/run.txt --output-file requirements/test.txt
	@$(NODE) npm install --ignore-scripts --package-lock-only --silent
	@echo 'Locked: requirements/run.txt, requirements/test.txt, package-lock.json'

clean:
	@rm -rf .venv node_modules static/vendor static/vendor.building .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@echo 'Removed everything that was installed or built. What was recorded stays in data/.'

# --- what each step leaves behind -------------------------------------------------------------------------

.venv/.ready: .venv/.packages .venv/.editable static/vendor/tablet.js
	@touch $@

.venv/.ready-for-tests: .venv/.ready .venv/.test-packages .venv/.test-modules
	@touch $@

.venv/bin/python:
	@for python in $(PYTHON) python3.11 python3 python3.12 python3.13; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; found=$$python; \
	  $$python -c 'import ensurepip, venv' 2>/dev/null && exec $$python -m venv .venv; done; \
	if [ "$$found" ]; then echo "$$found has no venv module: install it (on Debian: apt-get install python3-venv) and try again."; \
	else echo 'Python 3.11 or later is needed and was not found: install it, or name it with: make PYTHON=/path/to/python'; fi; exit 1

PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-input --progress-bar off
.venv/.packages: requirements/run.txt | .venv/bin/python
	$(call step,Installing Python packages (half a minute the first time),$(PIP_INSTALL) --no-deps --only-binary :all: --require-hashes -r $<)
	@touch $@

.venv/.test-packages: requirements/test.txt .venv/.packages
	$(call step,Installing test packages (half a minute the first time),$(PIP_INSTALL) --no-deps --only-binary :all: --require-hashes -r $<)
	@touch $@

.venv/.editable: pyproject.toml .venv/.packages
	$(call step,Installing visitapp,$(PIP_INSTALL) --no-deps --no-build-isolation --editable .)
	@touch $@

# Hospital networks often inspect TLS with a certificate of their own: node and uv are told to trust what the machine trusts, as pip does.
NODE := NODE_USE_SYSTEM_CA=1 PATH="$(CURDIR)/$(BIN):$$PATH"
NPM_CI := $(NODE) npm ci --ignore-scripts
.venv/.modules: package-lock.json .npmrc .venv/.packages
	$(call step,Installing the design system and fonts,$(NPM_CI) --omit=dev)
	@touch $@

.venv/.test-modules: .venv/.modules
	$(call step,Installing the page checkers,$(NPM_CI))
	@touch $@

static/vendor/nhsuk.css: static/build.mjs .venv/.modules
	$(call step,Building styles and fonts,$(NODE) node static/build.mjs)

# The tablet's scripts in one file, made again whenever one of them has changed.
static/vendor/tablet.js: static/bundle.mjs static/vendor/nhsuk.css $(wildcard static/tablet/*.js static/tablet/*/*.js)
	@$(NODE) node static/bundle.mjs
