# Xunzhang: `make demo` to look at it, `make test` to be sure of it, `make help` for the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
RUNTIME := $(VENV)/runtime-installed
DEV := $(VENV)/dev-installed
CATALOGUES := $(wildcard src/xunzhang/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help setup demo test check prove bench format lock messages clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

setup: $(DEV) $(COMPILED) ## the virtual environment with everything for work on the product

demo: $(RUNTIME) $(COMPILED) ## a demonstration company to look at, in the browser
	@DJANGO_SETTINGS_MODULE=xunzhang.settings.demo $(BIN)/xunzhang demo

test: setup check ## all checks, then all tests, on SQLite and on PostgreSQL
	@$(BIN)/python tests/run.py

check: setup ## what a machine can check without running the product
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run --settings xunzhang.settings.test
	$(BIN)/mypy

prove: setup ## delete each rule of each shipped policy in turn: some rehearsal must miss it (takes minutes)
	$(BIN)/xunzhang clauses --mutate

bench: setup ## all benchmarks at a small size; benchmarks/RESULTS.md has the figures
	$(BIN)/python -m benchmarks

format: setup ## put the sources into one shape
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

lock: setup ## choose the newest fitting dependencies again
	cd requirements && ../$(BIN)/$(LOCK) --upgrade --extra build ../pyproject.toml -o runtime.txt
	cd requirements && ../$(BIN)/$(LOCK) --upgrade --extra build --extra pdf -c runtime.txt ../pyproject.toml -o pdf.txt
	cd requirements && ../$(BIN)/$(LOCK) --upgrade --extra build --extra dev --extra pdf -c pdf.txt ../pyproject.toml -o dev.txt

messages: setup ## gather the sentences to be translated (needs gettext)
	cd src/xunzhang && DJANGO_SETTINGS_MODULE=xunzhang.settings.test ../../$(BIN)/django-admin makemessages \
		--locale zh_Hans --locale en --no-location --no-obsolete

clean: ## forget the environment and the demonstration's data
	rm -rf $(VENV) data .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		{ echo "Python 3.11 or newer is needed; name yours: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --no-deps -r requirements/runtime.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	$(PIP) install --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

%.mo: %.po | $(RUNTIME)
	@$(BIN)/python -c "import sys, polib; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])" $< $@
