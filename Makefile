# make run    open the dashboard on the sample corpus
# make test   linter, type checker, all tests (pytest, node, Chromium)
# Windows, or no make: README says the same in plain `python -m ...` lines.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# What the first start would otherwise spend seconds on: compiled modules, the gazetteer unpacked.
PREPARE = $(BIN)/python -m compileall -q geo pages dashboard.py && $(BIN)/python -c 'import geo.geocoders as g; g.open_gazetteer()'

.PHONY: run test lint types tests data lock clean

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
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate requirements-extra.in -o requirements-extra.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf $(VENV) store .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(PREPARE)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(PREPARE)
	@touch $@ $(VENV)/.installed
