# `make run` on a fresh clone is all it takes. The targets are documented in docs/reference/.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PY := .venv/bin/python
# One process more than there are cores, because browsers wait more than they work; not more than four: every
# one of them may hold a browser and a server.
PYTEST := .venv/bin/pytest --quiet --numprocesses $(shell echo $$(( $$(nproc 2>/dev/null || echo 1) + 1 ))) \
	--maxprocesses 4 --dist loadfile

.PHONY: _help _dev setup run test test-services check demo-refresh screenshots bench proof proof-quick lock
.DEFAULT_GOAL := _help

_help:
	@echo "make setup, run, test, test-services, check, demo-refresh, screenshots, bench, bench-<name>, proof, proof-quick"

_dev:
	@sh scripts/setup.sh --dev

setup:
	@sh scripts/setup.sh

run: setup
	@exec $(PY) manage.py serve --prepare --with-parent

test:
	@sh scripts/setup.sh --dev --browser
	@$(PYTEST)

# Needs Debian's postgresql and redis-server (their binaries only). TESTS= narrows it.
TESTS ?= tests
test-services: _dev
	@$(PY) scripts/services.py --numprocesses auto --maxprocesses 4 --dist loadfile $(TESTS)

check: _dev
	@exec bash scripts/check.sh

demo-refresh: setup
	@$(PY) manage.py seed_demo --refresh

screenshots:
	@sh scripts/setup.sh --dev --browser
	@$(PY) scripts/screenshots.py

bench: _dev
	@$(PY) scripts/bench.py

# Plays whole matches against servers of its own and breaks things meanwhile; F5 needs Debian's redis-server.
proof: _dev
	@$(PY) scripts/proof.py

proof-quick: _dev
	@$(PY) scripts/proof.py --quick

# Names no host, so that it installs from whatever package index is within reach. Needs uv.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header

lock:
	@$(LOCK) --extra scale pyproject.toml -o requirements.txt
	@$(LOCK) --all-extras --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

bench-%: _dev
	@$(PY) scripts/bench.py $*
