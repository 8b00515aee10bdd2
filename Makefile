# Synoptic. `make` alone lists the targets.

PY ?= python3
PYTEST_ARGS ?= -n auto --dist worksteal
UV_ARGS ?=
SERVE_ARGS ?=
EDIT_ARGS ?=
SITE_ARGS ?=

BIN := .venv/bin
# uv installs in a tenth of pip's time. Without one on the path, pip installs uv first; where uv reaches no package
# index (pip may be set up for another), pip installs everything.
UV ?= $(or $(shell command -v uv),$(BIN)/uv)
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
WHEELS := --require-hashes --only-binary :all:
install = $(UV) pip install -q --python $(BIN)/python $(1) || { $(BIN)/python -m ensurepip >/dev/null && $(PIP) install $(1); }

export NO_MKDOCS_2_WARNING := 1
# Containers often set it; each of the hundreds of programs that the tests start would then compile all our modules.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help serve edit site check test test-all lint lint-rest format links watch audit package bench bench-ingest lock-requirements clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  %-18s %s\n", $$1, $$2 }' Makefile

serve: .venv/.ready  ## preview at a local address, rebuilt as you type
	$(BIN)/mkdocs serve $(SERVE_ARGS)

edit: .venv/.ready  ## edit briefings in your browser, without typing YAML
	@$(BIN)/synoptic edit $(EDIT_ARGS)

# Builds elsewhere and swaps in one step: plain `mkdocs build` empties site/ first and may leave half a site.
site: .venv/.ready  ## build the site into site/, where any warning is an error
	$(BIN)/synoptic site $(SITE_ARGS)

check: .venv/.ready  ## check the briefings: every problem with its file, line and remedy
	$(BIN)/synoptic check
	@echo 'Next: make serve (read the site), docs/contribute/tutorial.md (add a source in half an hour).'

test: .venv/.ready-dev  ## the fast tests
	$(BIN)/python -m pytest -m "not slow" $(PYTEST_ARGS)

test-all: test lint  ## the fast tests, lint, then the slow tests
	$(BIN)/python -m pytest -m slow $(PYTEST_ARGS) || test $$? -eq 5  # 5: no slow tests

lint: .venv/.ready-dev  ## style, types, structure, English, templates, scripts and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/synoptic fmt --check
	@# types take as long as all the rest, so both run side by side
	@$(MAKE) --no-print-directory lint-rest & rest=$$!; $(BIN)/mypy; types=$$?; wait $$rest && exit $$types

lint-rest:
	$(BIN)/python -m tests.prose
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --quiet --lint --extension j2 build_tools/synoptic/pages/templates
	$(BIN)/djlint --quiet --lint --extension html build_tools/synoptic/theme
	$(BIN)/oxlint --deny correctness --deny suspicious --allow unicorn/no-array-sort \
	  --allow unicorn/prefer-add-event-listener --allow unicorn/consistent-function-scoping build_tools/synoptic/theme/assets build_tools/synoptic/workbench/page \
	  tests/probes.js
	$(BIN)/zizmor --offline --strict-collection --persona=auditor --quiet .github
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.citation-file-format CITATION.cff
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-issue-forms \
	  $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))

# Some hosts answer programs with 403 or 429; a missing page answers 404 or 410.
links: site .venv/.ready-dev  ## follow every link to another site
	$(BIN)/lychee --no-progress --scheme http --scheme https --max-concurrency 4 --max-retries 2 \
	  --root-dir '$(CURDIR)/site' --accept '200..=206,403,429' $(LYCHEE_ARGS) 'site/**/*.html'

watch: .venv/.ready-dev  ## ask the pages of the articles whether they still have our quotations
	@$(BIN)/synoptic watch $(WATCH_ARGS)

audit: .venv/.ready-dev  ## check the locked dependencies for known vulnerabilities
	$(BIN)/pip-audit --require-hashes --disable-pip $(AUDIT_ARGS) -r requirements-dev.txt

package: .venv/.ready  ## build the wheel and the source package into dist/
	$(BIN)/hatchling build --clean

format: .venv/.ready-dev  ## rewrite Python, YAML and committed generated files
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/synoptic fmt
	$(BIN)/synoptic schema
	$(BIN)/synoptic rules

bench: .venv/.ready-dev  ## measure beside plain MkDocs; SIZES="S M L" for all (all take about ten minutes)
	$(BIN)/python -m tests.bench $(SIZES)

bench-ingest: .venv/.ready-dev  ## measure what ingest reads of pages; SETS names folders that docs/ingest.md lists
	$(BIN)/python -m tests.bench.ingest $(SETS)

# uv resolves for every platform at once; the files name no index, so any mirror serves.
# Newer releases: make lock-requirements UV_ARGS=--upgrade
lock-requirements:  ## resolve requirements*.txt again from pyproject.toml
	@set -e; uv=$$(command -v uv || true); \
	if [ -z "$$uv" ]; then \
	  tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; $(PY) -m venv "$$tmp"; \
	  "$$tmp/bin/python" -m pip --disable-pip-version-check -q install uv; uv="$$tmp/bin/uv"; \
	fi; \
	lock() { "$$uv" pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header $(UV_ARGS) "$$@"; }; \
	lock pyproject.toml -o requirements.txt; \
	lock pyproject.toml --extra ingest -c requirements.txt -o requirements-ingest.txt; \
	lock pyproject.toml --extra stamp -c requirements-ingest.txt -o requirements-stamp.txt; \
	lock pyproject.toml --extra meaning -c requirements-ingest.txt -o requirements-meaning.txt; \
	lock pyproject.toml --extra dossier -c requirements-ingest.txt -o requirements-dossier.txt; \
	lock pyproject.toml --extra dev --extra ingest --extra stamp --extra meaning --extra dossier -c requirements-ingest.txt -o requirements-dev.txt; \
	lock --group setup -c requirements-dev.txt -o requirements-setup.txt

clean:  ## remove everything built (not the articles' texts)
	rm -rf .venv plain site shards .site-new .site-old .site-lock docs/api docs/briefings docs/changes docs/method docs/speakers dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find build_tools tests -name __pycache__ -prune -exec rm -rf {} +
	find . -name '.*.part' -prune -exec rm -rf {} +

.venv/.ready: requirements.txt requirements-setup.txt pyproject.toml
	@echo 'Installing the libraries into .venv: once, about 40 MB. This takes a few seconds to a minute ...'
	@$(PY) -m venv --without-pip .venv
	@command -v $(UV) >/dev/null \
	  || $(PY) -m pip --disable-pip-version-check --python $(BIN)/python -q install $(WHEELS) -r requirements-setup.txt 2>/dev/null \
	  || { $(BIN)/python -m ensurepip >/dev/null && $(PIP) install $(WHEELS) -r requirements-setup.txt; }
	@$(call install,$(WHEELS) -r requirements-setup.txt -r requirements.txt)
	@$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.txt
	@echo 'Installing the tools for tests and lint into .venv ...'
	@$(call install,$(WHEELS) -r requirements-dev.txt)
	@touch $@
