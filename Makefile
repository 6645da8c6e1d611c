# Every command of the README. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PARALLEL := -n 2 --dist loadfile
TEST_DATABASE = $(or $(TEST_DATABASE_NAME),$(if $(filter postgres%,$(DATABASE_URL)),test_impact,var/test.sqlite3))
PIP_INSTALL = $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

.PHONY: help demo setup test check bench measure screenshots bench-import fidelity format lock clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 14

demo: setup ## Load the demo site and serve it on 127.0.0.1 (PORT=8000)
	@echo "Preparing the database …"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo
	@echo
	@echo "  The site     http://127.0.0.1:$(PORT)/"
	@echo "  The editor   http://127.0.0.1:$(PORT)/admin/"
	@echo "  Stop it with Ctrl+C."
	@echo
	@DJANGO_RUNSERVER_HIDE_WARNING=true $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

setup: $(VENV)/.base ## Make the environment in .venv

# Browser tests by themselves: Playwright keeps an event loop running in their process. They take over the
# database of the others, which was made from the migrations.
test: $(VENV)/.dev ## Run the tests (DATABASE_URL= for another database than SQLite, ARGS= for some of them)
ifdef ARGS
	$(BIN)/python -m pytest $(ARGS)
else
	@mkdir -p var
	TEST_DATABASE_NAME=$(TEST_DATABASE) $(BIN)/python -m pytest $(PARALLEL) --create-db --reuse-db -m "not browser"
	TEST_DATABASE_NAME=$(TEST_DATABASE) $(BIN)/python -m pytest $(PARALLEL) --reuse-db -m browser
endif

check: $(VENV)/.dev ## Lint, types, templates, import direction, migrations, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy impact home
	$(BIN)/lint-imports
	$(BIN)/djangofmt --check templates
	$(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=impact.settings.production \
	SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
	ALLOWED_HOSTS=example.org SITE_URL=https://example.org \
	DATABASE_URL=sqlite:///var/check.sqlite3 CACHE_URL=locmem:// \
	$(MANAGE) check --deploy --fail-level WARNING

bench: $(VENV)/.dev ## Measure what the gallery costs as it grows, as ratios (ARGS="--sizes 1000 10000 100000")
	$(BIN)/python -m tests.benchmarks $(ARGS)

measure: $(VENV)/.dev screenshots ## Load test (ARGS="--seconds 60 --entries 10000"), Lighthouse and screenshots (SOURCE=a Hugo site)
	$(BIN)/python -m tests.benchmarks.load $(ARGS)
	$(BIN)/python -m tests.benchmarks.lighthouse $(if $(SOURCE),--source "$(SOURCE)")

screenshots: $(VENV)/.dev ## Pictures of each kind of page, wide and narrow, light and dark, in screenshots/ (SOURCE=a Hugo site)
	$(BIN)/python -m tests.benchmarks.screenshots $(if $(SOURCE),--source "$(SOURCE)")

bench-import: $(VENV)/.dev ## Measure how the import of a Hugo site grows with its posts (ARGS="--sizes 150 1000 10000")
	$(BIN)/python -m tests.benchmarks.importing $(ARGS)

fidelity: $(VENV)/.dev ## Import a Hugo site into an empty database and print what was lost (SOURCE=, ARGS="--section blog")
	@test -n "$(SOURCE)" || { echo "Name a Hugo site: make fidelity SOURCE=../my-site" >&2; exit 2; }
	@test -d "$(SOURCE)" || { echo "$(SOURCE) is no folder" >&2; exit 2; }
	@$(BIN)/python -m tests.portability.fidelity "$(SOURCE)" $(ARGS)

format: $(VENV)/.dev ## Format code and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djangofmt templates

UV_COMPILE = UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

lock: $(VENV)/.dev ## Lock the dependencies anew, with hashes (ARGS=--upgrade for newer ones)
	$(UV_COMPILE) $(ARGS) pyproject.toml -o requirements/base.txt
	$(UV_COMPILE) $(ARGS) pyproject.toml --group dev -o requirements/dev.txt

clean: ## Remove the environment; content in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Impact needs Python 3.11 or newer; PYTHON= names another one.")'
	@echo "Making the environment …"
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
	  rm -rf $(VENV); \
	  $(PYTHON) -m venv --without-pip $(VENV) && \
	  $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	@echo "Installing what the site needs …"
	@$(PIP_INSTALL) -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base | $(BIN)/python
	@echo "Installing what the tests need …"
	@$(PIP_INSTALL) -r requirements/dev.txt
	@touch $@
