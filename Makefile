# make run    open the dashboard on the sample corpus
# make test   linter, type checker, all tests (pytest, node, Chromium)
# Windows, or no make: README says the same in plain `python -m ...` lines.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# One lock: versions for every system and Python, and the SHA-256 of every file that may be installed.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --generate-hashes
# What the first start would otherwise spend seconds on: compiled modules, the gazetteer unpacked.
PREPARE = $(BIN)/python -m compileall -q geo pages dashboard.py && $(BIN)/python -c 'import geo.geocoders as g; g.open_gazetteer()'

.PHONY: run test lint types tests data lock licences audit sbom fuzz clean

run: $(VENV)/.installed
	$(BIN)/python -m geo dashboard

test: lint types tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

tests: $(VENV)/.installed-dev
	$(BIN)/python tests/tools.py
	$(BIN)/python -m pytest -n auto --dist loadgroup -q

data: $(VENV)/.installed-dev
	$(BIN)/python -m geo.builddata

lock: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-extra.in -o requirements-extra.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt

# The licence of everything that is used, as docs/licences.md.
licences: $(VENV)/.installed-dev
	$(BIN)/python -m tools.licences

# Known faults of everything that is used, where the package index can be asked.
audit: $(VENV)/.installed-dev
	$(BIN)/python -m tools.audit

# Everything that is used with its hashes, as sbom.json (CycloneDX).
sbom: $(VENV)/.installed-dev
	$(BIN)/python -m tools.sbom

# Every reader, importer and link against made-up input; SECONDS of processor time each.
SECONDS ?= 60
fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m tests.fuzz all --seconds $(SECONDS)

clean:
	rm -rf $(VENV) store .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(PREPARE)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(PREPARE)
	@touch $@ $(VENV)/.installed
