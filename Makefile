# `make run` on a fresh clone is all it takes. The targets are documented in docs/reference/.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PY := .venv/bin/python
# One process per core, but not more than four: every one of them may hold a browser and a server.
PYTEST := .venv/bin/pytest --quiet --numprocesses auto --maxprocesses 4 --dist loadfile

.PHONY: help setup setup-dev run test check demo-refresh screenshots bench

help:
	@echo "setup run test check demo-refresh screenshots bench bench-<name>"

setup:
	@sh scripts/setup.sh

setup-dev:
	@sh scripts/setup.sh --dev

run: setup
	@exec $(PY) manage.py serve --prepare

test:
	@sh scripts/setup.sh --dev --browser
	@$(PYTEST)

check: setup-dev
	@exec bash scripts/check.sh

demo-refresh: setup
	@$(PY) manage.py seed_demo --refresh

screenshots:
	@sh scripts/setup.sh --dev --browser
	@$(PY) scripts/screenshots.py

bench: setup-dev
	@$(PY) scripts/bench.py

bench-%: setup-dev
	@$(PY) scripts/bench.py $*
