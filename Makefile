# Two commands do it all: `make demo` (no server, no network once installed) and `make test`.
PYTHON ?= python3
BIN := .venv/bin
ASK := "antidepressant-like behaviour"
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
RUN := requirements/uv.txt requirements/build.txt requirements/run.txt pyproject.toml

.PHONY: demo test lint check requirements pictures notebook schemas bench bench-engines bench-page neo4j guide browser-files browser-pictures clean

demo: .venv/run.stamp
	@echo "== Mechanism paths from ketamine to antidepressant-like behaviour, by 3 h after the dose"
	@$(BIN)/ketamech paths ketamine $(ASK) --by 3h --format table
	@echo "== and from 12 h on"
	@$(BIN)/ketamech paths ketamine $(ASK) --after 12h --format table
	@mkdir -p build
	@echo "== One page with both, needing no network (open it in a browser):"
	@$(BIN)/ketamech page ketamine $(ASK) --by 3h --after 12h --split -o build/ketamine.html

test: .venv/dev.stamp
	$(BIN)/pytest

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: .venv/run.stamp
	$(BIN)/ketamech check

# A Neo4j server with Browser from the published jars (Java and Maven, no Docker); ends on Ctrl-C.
neo4j: .venv/run.stamp
	@PYTHONPATH=tests $(BIN)/python -m neo4jserver

bench: .venv/dev.stamp
	$(BIN)/python benchmarks/cold_start.py

# How soon pages can be used, beside an empty page of the same library.
bench-page: .venv/dev.stamp
	$(BIN)/python benchmarks/page.py

# Beside networkx and whichever of benchmarks/requirements.txt are installed; `ARGS=--big` for 5,000,000 edges.
bench-engines: .venv/dev.stamp
	$(BIN)/python benchmarks/engines.py $(ARGS)

pictures: .venv/dev.stamp
	$(BIN)/python docs/pictures/make.py

notebook: .venv/run.stamp
	$(BIN)/python docs/notebooks/make.py

# The pictures of docs/neo4j-browser.md, from the Browser of a server of its own (Java, Maven, Chromium).
browser-pictures: .venv/dev.stamp
	PYTHONPATH=tests $(BIN)/python docs/pictures/neo4j_browser.py

# Style and guide, where Neo4j Browser may fetch them; `make browser-files` writes them anew.
guide: .venv/run.stamp
	@$(BIN)/python docs/browser/make.py --serve

browser-files: .venv/run.stamp
	$(BIN)/python docs/browser/make.py

schemas: .venv/dev.stamp
	$(BIN)/python -m ketamech.loaders.schemas

requirements:
	$(UV) pip compile requirements/build.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/build.txt
	$(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/run.txt
	$(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/dev.txt

.venv/python.stamp: requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ketamech needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	command -v uv >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	touch $@

.venv/run.stamp: .venv/python.stamp $(RUN)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	touch $@

clean:
	rm -rf .venv build dist
