# The commands of Thinkia. `make` alone lists them.
#
# Everything is installed into .venv from two locks with hashes: requirements.txt
# to run, tests/requirements.txt (the same versions and more) to test. uv installs
# them in seconds; where it cannot be had, pip reads the same locks.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

UV := 0.13.9
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := .venv/bin
PO := $(wildcard translations/*/LC_MESSAGES/messages.po)
FLASK := $(BIN)/flask --app wsgi
WITHOUT_INDEX := --universal --generate-hashes --no-emit-index-url --no-header --quiet
LINTED := thinkia migrations tests benchmarks config.py wsgi.py

install = if test -x $(BIN)/uv; \
	then $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi

.PHONY: help setup run worker test check lock translations servers clean \
	check-format check-lint check-types check-templates check-house check-migrations

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.runtime $(PO:.po=.mo) ## make the environment in .venv (quick when nothing changed)
	@:

run: setup ## serve Thinkia here with sample data; PORT=8000 or the next free one
	@$(FLASK) db upgrade 2>&1 | sed '/^INFO/d'
	@$(FLASK) demo seed
	@$(FLASK) demo accounts
	@exec $(BIN)/gunicorn --config thinkia/outside/local_server.py wsgi:app

worker: setup ## run background work in production (needs THINKIA_REDIS_URL)
	@exec $(BIN)/rq worker -c thinkia.outside.worker -S rq.serializers.JSONSerializer

test: setup .venv/.tests servers ## run every test: SQLite, PostgreSQL, Redis, a browser
	@$(BIN)/pytest -n 2 $(ARGS)

check: check-format check-lint check-types check-templates check-house check-migrations ## style, types, templates, the rules of the house, catalogues, migrations

check-format: setup .venv/.tests
	$(BIN)/ruff format --quiet --check $(wildcard $(LINTED))

check-lint: setup .venv/.tests
	$(BIN)/ruff check --quiet $(wildcard $(LINTED))

check-types: setup .venv/.tests
	$(BIN)/mypy

check-templates: setup .venv/.tests
	$(BIN)/djlint --lint --quiet thinkia

check-house: setup .venv/.tests
	$(BIN)/pytest tests/architecture

check-migrations: setup
	@echo "flask db upgrade, flask db check"
	@folder=$$(mktemp -d); trap 'rm -r "$$folder"' EXIT; export THINKIA_DATA="$$folder"; \
	$(FLASK) db upgrade 2>&1 | sed '/^INFO/d'; $(FLASK) db check

lock: .venv/bin/python ## compile both locks again after a change in pyproject.toml (ARGS=--upgrade)
	$(BIN)/uv pip compile $(WITHOUT_INDEX) $(ARGS) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(WITHOUT_INDEX) $(ARGS) pyproject.toml --group test -c requirements.txt -o tests/requirements.txt

translations: setup ## collect new sentences into the catalogues, then compile them
	$(BIN)/pybabel -q extract -F translations/babel.cfg -k _l -k lazy_gettext --no-location --sort-output --width=100 \
		--project=Thinkia --version=1 -o translations/messages.pot .
	@sed -i -e '1,/^#, fuzzy/c\# Sentences of Thinkia, in English.' -e '/^"POT-Creation-Date/d' translations/messages.pot
	$(BIN)/pybabel -q update -i translations/messages.pot -d translations --no-fuzzy-matching --width=100 --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d translations

servers: .venv/.tests
	@$(BIN)/python -m tests.servers

clean: ## remove the environment and caches; data in instance/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

%.mo: %.po .venv/.runtime
	@$(BIN)/pybabel -q compile -i $< -o $@

.venv/.tests: tests/requirements.txt .venv/bin/python
	@echo "Installing what the tests need ..."
	@$(call install,$<)
	@touch $@

.venv/.runtime: requirements.txt .venv/bin/python
	@echo "Installing what Thinkia needs ..."
	@$(call install,$<)
	@touch $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Thinkia needs Python 3.11 or newer; on Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python cannot make environments here; on Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV) \
		|| echo "uv cannot be had here; pip installs instead, which takes some minutes."
